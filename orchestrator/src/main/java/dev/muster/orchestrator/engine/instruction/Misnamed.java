package dev.muster.orchestrator.engine.instruction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
/// word. Where there is no such worker it most likely is the worker, and nobody would miss it. So
/// it is with a file of another name that has most of the ten points: `task-15.md` with the heading
/// `# Worker 015`.
final class Misnamed {
  private static final Pattern NAME = Pattern.compile("(?is)worker[\\s_-]*(\\d{1,9})(?!\\d)(.*)");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?is)[^.]*|.*\\.(?:md|mdx|mkd|mdown|markdown|txt|text|rst|adoc|org|docx?|odt|rtf)|.*\\.md[^a-z0-9/].*");

  private static final Pattern READ = Pattern.compile("(?is)[^.].*\\.(?:md|markdown|txt)");
  private static final int POINTS_MIN = 6;

  /// A number that no file has.
  private static final int NONE = -1;

  /// Display paths by the number in the name, or in the heading.
  private final LinkedHashMap<Integer, List<String>> found = new LinkedHashMap<>();

  /// @param name of a file that is not named like an instruction
  /// @param file the path to show
  /// @param path where it lies
  void see(String name, String file, Path path) {
    var match = NAME.matcher(name);
    var named = match.matches() && TEXT.matcher(match.group(2)).matches();
    var number = named ? Integer.valueOf(match.group(1)) : inside(name, path);
    if (number != null) found.computeIfAbsent(number, _ -> new ArrayList<>()).add(file);
  }

  /// The number in the heading of a file with most of the ten points, `NONE` where it gives none;
  /// null for any other file, and for one that cannot be read.
  private static @Nullable Integer inside(String name, Path path) {
    if (!READ.matcher(name).matches()) return null;
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > InstructionFiles.FILE_BYTES_MAX) {
        return null;
      }
      var parsed = InstructionParser.parse(name, Files.readString(path));
      if (parsed.points().size() < POINTS_MIN) return null;
      var id = parsed.headingId();
      return id == null ? NONE : WorkerIds.number(id);
    } catch (IOException e) {
      return null;
    }
  }

  /// With a finding for each of them.
  List<Instruction> with(List<Instruction> instructions) {
    if (found.isEmpty()) return instructions;
    var all = new ArrayList<>(instructions);
    var places = new HashMap<Integer, Integer>();
    for (var place = 0; place < instructions.size(); place++) {
      var id = instructions.get(place).id();
      if (id != null) places.putIfAbsent(WorkerIds.number(id), place);
    }
    found.forEach((number, files) -> {
      var place = number == NONE && !all.isEmpty() ? Integer.valueOf(0) : places.get(number);
      if (place == null) files.forEach(file -> all.add(missed(number, file)));
      else
        all.set(
            place,
            all.get(place).with(files.stream().map(it -> beside(all.get(place), it)).toList()));
    });
    return all;
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
}
