package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Reachability.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lines of DEPENDENCIES that name no worker, but a file that one delivers, or its title: whoever
/// wrote `out/list.csv` there most likely waits for who makes it. Nothing is guessed; it is said.
final class LooseEnds {
  private static final Pattern WORD = Pattern.compile("[^\\s,;()'|]+");
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

  /// With a nought in front, as numbers of workers are written and those of other things are not.
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}.:/_-])(?:(?:T|task|job|step|ticket)[-_"
              + " #]?)?(0\\d{1,8})(?![\\p{L}\\p{N}]|[.:/-]\\d)");

  private static final int TITLE_CHARS_MIN = 4;

  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, String> titles = new HashMap<>();
  private final Set<String> shared = new HashSet<>();
  private final Map<String, String> numbers = new HashMap<>();

  private LooseEnds(List<Instruction> instructions) {
    for (var it : instructions) {
      if (it.id() == null) continue;
      for (var path : it.deliverables().files()) owners.putIfAbsent(path.path(), it.id());
      numbers.putIfAbsent(it.id().substring(WorkerIds.PREFIX.length()), it.id());
      var title = normal(it.title());
      if (title.length() >= TITLE_CHARS_MIN && titles.putIfAbsent(title, it.id()) != null) {
        shared.add(title);
      }
    }
  }

  /// @param line where it stands
  /// @param text as it would be read aloud
  record Loose(int line, String text) {}

  private record Meant(Instruction by, int line, String what, String owner) {}

  static List<Finding> of(List<Instruction> instructions, Reachability order) {
    var ends = new LooseEnds(instructions);
    var meant = new LinkedHashMap<Meant, Pair>();
    for (var it : instructions) {
      var id = it.id();
      if (id == null) continue;
      for (var loose : it.loose()) {
        for (var found : ends.meant(it, loose)) meant.put(found, new Pair(id, found.owner()));
      }
    }
    if (meant.isEmpty()) return List.of();
    var waiting = order.waiting(meant.values());
    return meant.entrySet().stream()
        .filter(it -> !waiting.contains(it.getValue()))
        .map(it -> finding(it.getKey()))
        .toList();
  }

  private List<Meant> meant(Instruction by, Loose loose) {
    var meant = new ArrayList<Meant>();
    var words = WORD.matcher(loose.text());
    while (words.find()) {
      var path = words.group().replaceFirst("^\\./", "").replaceFirst("[.:]$", "");
      add(meant, by, loose, "`" + path + "` is what %s delivers", owners.get(path));
    }
    var cue = Cue.next(loose.text(), 0);
    var behind = cue != null && cue.start() == 0 ? loose.text().substring(cue.end()) : loose.text();
    var title = normal(behind);
    var of = shared.contains(title) ? "several workers, among them %s" : "%s";
    add(meant, by, loose, "this is the title of " + of, titles.get(title));
    var number = NUMBER.matcher(loose.text());
    while (number.find()) {
      add(meant, by, loose, "'" + number.group() + "' may be %s", numbers.get(number.group(1)));
    }
    return meant;
  }

  private static void add(
      List<Meant> meant, Instruction by, Loose loose, String what, @Nullable String owner) {
    if (owner == null || owner.isEmpty() || owner.equals(by.id())) return;
    meant.add(new Meant(by, loose.line(), what.formatted(owner), owner));
  }

  private static String normal(String text) {
    return NO_LETTER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  private static Finding finding(Meant it) {
    return Finding.of(
        Code.UNCLEAR_DEPENDENCY,
        it.by().file(),
        it.line(),
        it.what() + ", who is not waited for",
        "Write `- **Depends on:** " + it.owner() + "`, or leave it if it is there already.");
  }
}
