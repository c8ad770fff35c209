package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunPlan.Planned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where agents may write, as their files declare it: their deliverables, and the files and folders
/// that a line of BOUNDARIES lets them create or change. Pure.
///
/// A name stands for itself and for everything below it. A pattern stands for its folder; without
/// one it names no place. Scripts declare nothing: they have a workspace of their own, and what
/// they do outside of it is the gate's.
public final class WriteScopes {
  private static final int PATHS_MAX = 200;
  private static final Pattern LINE =
      Pattern.compile(
          "(CAN ?NOT|CAN'T|MUST NOT|MAY NOT|DO NOT|DON'T|CAN|MAY)\\b([A-Za-z/,"
              + " ]{0,40}?)\\s*:\\s*(.*)");
  private static final Pattern OTHER_LABEL = Pattern.compile("[A-Z][A-Za-z -]{1,30}:.*");
  private static final Pattern WRITES =
      Pattern.compile(
          "\\b(create|add|modify|change|edit|update|alter|overwrite|delete|remove|rename|move|touch|write|replace)\\b");
  private static final Pattern PATH =
      Pattern.compile(
          "(?<![\\w/.*-])((?:[\\w.*-]+/)*[\\w*-][\\w.*-]*\\.[A-Za-z0-9*]{1,8}|(?:[\\w.*-]+/)+)(?![\\w/(])");

  private WriteScopes() {}

  static List<String> of(WorkerInstruction instruction) {
    var brief = instruction.brief();
    if (!instruction.blocks().isEmpty() || brief == null) return List.of();
    var paths = new TreeSet<String>();
    instruction.deliverables().forEach(it -> add(it, paths));
    var underLeave = false;
    for (var written : brief.boundaries()) {
      var text =
          written
              .replaceAll("\\*\\*([^*]+)\\*\\*", "$1")
              .replaceFirst("^\\s*[-*+]\\s+(\\[.\\]\\s*)?", "")
              .strip();
      var line = LINE.matcher(text);
      if (line.matches()) {
        underLeave = line.group(3).isBlank() && isLeave(line, line.group(2));
        if (isLeave(line, line.group(2).isBlank() ? firstWord(line.group(3)) : line.group(2))) {
          names(line.group(3), paths);
        }
      } else if (OTHER_LABEL.matcher(text).matches()) {
        underLeave = false;
      } else if (underLeave) {
        names(text, paths);
      }
    }
    return paths.stream().limit(PATHS_MAX).toList();
  }

  private static boolean isLeave(Matcher line, String verbs) {
    return line.group(1).matches("CAN|MAY")
        && WRITES.matcher(verbs.toLowerCase(Locale.ROOT)).find();
  }

  private static String firstWord(String text) {
    return text.strip().split("\\s", 2)[0];
  }

  private static void names(String text, Set<String> paths) {
    // What stands in parentheses or behind a dash explains.
    var bare =
        text.replace('`', ' ').replaceAll("\\([^)]*\\)", " ").replaceFirst("\\s[-–—]\\s.*", "");
    var found = PATH.matcher(bare);
    while (found.find()) add(found.group(1), paths);
  }

  private static void add(String path, Set<String> paths) {
    var star = path.indexOf('*');
    var place = star < 0 ? path : path.substring(0, Math.max(0, path.lastIndexOf('/', star)));
    var name = place.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
    if (!name.isEmpty() && !name.equals(".") && !name.contains("..")) paths.add(name);
  }

  /// The folders that a path is in, the outermost first.
  public static List<String> above(String path) {
    var folders = new ArrayList<String>();
    for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash));
    }
    return folders;
  }

  /// What several workers of one wave may write, and who they are; by path.
  public static List<Conflict> shared(List<Planned> workers) {
    var byWave = new TreeMap<Integer, List<Planned>>();
    for (var worker : workers) {
      byWave.computeIfAbsent(worker.wave(), _ -> new ArrayList<>()).add(worker);
    }
    var shared = new ArrayList<Conflict>();
    for (var wave : byWave.values()) {
      tops(wave)
          .forEach((path, them) -> {
            if (them.size() > 1) shared.add(new Conflict(path, List.copyOf(them)));
          });
    }
    return shared;
  }

  /// Who may write at or below each path that is below no other.
  public static Map<String, Set<String>> tops(List<Planned> workers) {
    var declared = new HashSet<String>();
    workers.forEach(worker -> declared.addAll(worker.writes()));
    var tops = new TreeMap<String, Set<String>>();
    for (var worker : workers) {
      for (var path : worker.writes()) {
        var top = above(path).stream().filter(declared::contains).findFirst().orElse(path);
        tops.computeIfAbsent(top, _ -> new LinkedHashSet<>()).add(worker.id());
      }
    }
    return tops;
  }
}
