package dev.muster.orchestrator.engine.instruction;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files that look like instruction files but are not named like one, so that nobody reads them:
/// `WORKER-002.md`, `WORKER_002.txt`, `worker 2.md`, `WORKER_002.md.bak`.
///
/// Beside a worker of that number such a file is most likely a copy or a note, which is worth a
/// word. Where there is no such worker it most likely is the worker, and nobody would miss it.
///
/// A file of another name that has most of the ten points, `task-15.md` with the heading `# Worker
/// 015`, may as well be an example: it is the worker only where somebody waits for that number. It
/// is looked for in the folders of instructions only, and within a bound, for a folder may hold
/// anything.
final class Misnamed {
  private static final Pattern NAME = Pattern.compile("(?is)worker[\\s_-]*(\\d{1,9})(?!\\d)(.*)");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?is)[^.]*|.*\\.(?:md|mdx|mkd|mdown|markdown|txt|text|rst|adoc|org|docx?|odt|rtf)|.*\\.md[^a-z0-9/].*");

  private static final Pattern READ = Pattern.compile("(?is)[^.].*\\.(?:md|markdown|txt)");
  private static final int POINTS_MIN = 6;
  private static final int ELSEWHERE_MAX = 1_000;

  /// A number that no file has.
  private static final int NONE = -1;

  /// Of the files whose name says nothing, so many bytes are read.
  static final int BYTES_MAX = 8 << 20;

  /// Display paths by the number in the name.
  private final LinkedHashMap<Integer, List<String>> found = new LinkedHashMap<>();

  /// Where no instruction is at all, they may be called otherwise, all of them.
  private final List<Path> elsewhere = new ArrayList<>();

  private final List<Inside> inside = new ArrayList<>();
  private long bytes;
  private @Nullable String firstUnread;

  /// @param number in the heading
  private record Inside(String file, int number) {}

  /// @param path of a file that is not named like an instruction
  /// @param beside whether instructions lie in its folder
  /// @param first whether that is the folder that was asked for
  void see(Path path, boolean beside, boolean first) {
    var name = InstructionFiles.name(path);
    var match = NAME.matcher(name);
    if (match.matches() && TEXT.matcher(match.group(2)).matches()) {
      var number = Integer.valueOf(match.group(1));
      found.computeIfAbsent(number, _ -> new ArrayList<>()).add(InstructionFiles.display(path));
    } else if (READ.matcher(name).matches()) {
      if (beside) lookInto(path);
      else if (first && elsewhere.size() < ELSEWHERE_MAX) elsewhere.add(path);
    }
  }

  private void lookInto(Path path) {
    var file = InstructionFiles.display(path);
    try {
      var attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile() || attributes.size() > InstructionFiles.FILE_BYTES_MAX) {
        return;
      }
      bytes += attributes.size();
      if (bytes > BYTES_MAX) {
        if (firstUnread == null) firstUnread = file;
        return;
      }
      var content =
          BoundedFile.read(path, InstructionFiles.FILE_BYTES_MAX, LinkOption.NOFOLLOW_LINKS);
      if (NotUtf8.find(file, content) != null) return;
      var parsed = InstructionParser.parse(file, new String(content, StandardCharsets.UTF_8));
      if (parsed.points().size() < POINTS_MIN) return;
      var id = parsed.headingId();
      inside.add(new Inside(file, id == null ? NONE : WorkerIds.number(id)));
    } catch (IOException e) {
      // Nobody has asked for it, and what cannot be read cannot be told from any other file.
    }
  }

  /// With a finding for each of them.
  List<Instruction> with(List<Instruction> instructions) {
    if (instructions.isEmpty() && found.isEmpty()) elsewhere.forEach(this::lookInto);
    elsewhere.clear();
    if (found.isEmpty() && inside.isEmpty() && firstUnread == null) return instructions;
    var all = new ArrayList<>(instructions);
    var places = new HashMap<Integer, Integer>();
    for (var place = 0; place < instructions.size(); place++) {
      var id = instructions.get(place).id();
      if (id != null) places.putIfAbsent(WorkerIds.number(id), place);
    }
    found.forEach((number, files) -> {
      for (var file : files) tell(all, places.get(number), number, file);
    });
    for (var file : inside) {
      var place = places.get(file.number());
      var awaited = place == null && isAwaited(instructions, file.number());
      tell(all, place == null && !awaited ? Integer.valueOf(0) : place, file.number(), file.file());
    }
    var unread = firstUnread;
    if (unread != null && !all.isEmpty()) {
      all.set(0, all.getFirst().with(List.of(unread(all.getFirst(), unread))));
    }
    return all;
  }

  /// @param place of the instruction that the finding is added to; null when it is an instruction
  ///   that is missed
  private static void tell(
      List<Instruction> all, @Nullable Integer place, int number, String file) {
    if (place == null || all.isEmpty()) all.add(missed(number, file));
    else all.set(place, all.get(place).with(List.of(beside(all.get(place), file))));
  }

  private static boolean isAwaited(List<Instruction> instructions, int number) {
    return instructions.stream()
        .flatMap(it -> it.dependencies().stream())
        .anyMatch(it -> it.holds(number));
  }

  private static Instruction missed(int number, String file) {
    var id = number == NONE ? null : String.format(Locale.ROOT, "%s%03d", WorkerIds.PREFIX, number);
    return Instruction.unusable(
        file,
        id,
        Finding.of(
            Code.MISNAMED_FILE,
            file,
            1,
            "it looks like an instruction file, but is not named like one, so it cannot be used",
            "Name it "
                + (id == null ? "WORKER_<digits>" : id)
                + "_<Title>.md, or move it out of the folder."));
  }

  private static Finding beside(Instruction worker, String file) {
    return Finding.of(
        Code.IGNORED_FILE,
        worker.file(),
        1,
        file + " looks like an instruction file, too, but is not named like one and is not read",
        "Move it out of the folder, or give it a number of its own.");
  }

  private static Finding unread(Instruction first, String file) {
    return Finding.of(
        Code.IGNORED_FILE,
        first.file(),
        1,
        "%s and what comes after it is not looked into: more than %,d bytes of other texts lie beside the instructions"
            .formatted(file, BYTES_MAX),
        "Nothing, if none of them is an instruction file under another name; else name it like"
            + " one.");
  }
}
