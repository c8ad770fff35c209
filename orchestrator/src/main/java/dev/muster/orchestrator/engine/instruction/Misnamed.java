package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Files that look like instruction files but are not named like one, so that nobody reads them:
/// `WORKER-002.md`, `WORKER_002.txt`, `worker 2.md`, `WORKER_002.md.bak`.
///
/// Beside a worker of that number such a file is most likely a copy or a note, which is worth a
/// word. Where there is no such worker it most likely is the worker, and nobody would miss it.
final class Misnamed {
  private static final Pattern NAME = Pattern.compile("(?i)worker[\\s_-]*(\\d{1,9})(?!\\d)(.*)");
  private static final Pattern TEXT =
      Pattern.compile("(?i)[^.]*|.*\\.(?:md|mdx|mkd|mdown|markdown|txt|text)|.*\\.md[^a-z0-9/].*");

  /// Display paths by the number in the name.
  private final LinkedHashMap<Integer, List<String>> found = new LinkedHashMap<>();

  /// @param name of a file that is not named like an instruction
  /// @param file the path to show
  void see(String name, String file) {
    var match = NAME.matcher(name);
    if (!match.matches() || !TEXT.matcher(match.group(2)).matches()) return;
    found.computeIfAbsent(Integer.valueOf(match.group(1)), _ -> new ArrayList<>()).add(file);
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
      var place = places.get(number);
      if (place == null) files.forEach(file -> all.add(missed(number, file)));
      else
        all.set(
            place,
            all.get(place).with(files.stream().map(it -> beside(all.get(place), it)).toList()));
    });
    return all;
  }

  private static Instruction missed(int number, String file) {
    var id = String.format(Locale.ROOT, "%s%03d", WorkerIds.PREFIX, number);
    return Instruction.unusable(
        file,
        id,
        Finding.of(
            Code.MISNAMED_FILE,
            file,
            1,
            "it looks like an instruction file, but is not named like one, so it cannot be used",
            "Name it " + id + "_<Title>.md, or move it out of the folder."));
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
