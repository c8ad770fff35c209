package dev.muster.orchestrator.engine.instruction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A folder of instruction files, read and compiled; every file that was found is in it, the
/// unusable ones too.
///
/// @param name of the folder
/// @param instructions by id, then by file; those without an id last
/// @param agents what the folder holds for those that agents carry out
public record Workforce(String name, List<Instruction> instructions, AgentFiles agents) {
  public Workforce {
    instructions = List.copyOf(instructions);
  }

  /// One whose folder holds nothing for agents.
  public Workforce(String name, List<Instruction> instructions) {
    this(name, instructions, AgentFiles.NONE);
  }

  /// Reads `WORKER_*.md` files: those named, and those in the folders named and their sub-folders.
  /// A file that cannot be used becomes an instruction with a finding and hides no other.
  ///
  /// Throws `NoSuchFileException` when one of the paths is not there.
  public static Workforce read(List<Path> paths) throws IOException {
    var files = new InstructionFiles();
    for (var path : paths) files.add(path);
    var folder = paths.stream().filter(Files::isDirectory).findFirst();
    return of(name(paths), files, folder.map(AgentFiles::read).orElse(AgentFiles.NONE));
  }

  static Workforce read(Path folder, ReadBefore before) throws IOException {
    var files = new InstructionFiles(before);
    files.add(folder);
    return of(name(List.of(folder)), files, AgentFiles.read(folder));
  }

  static Workforce of(String name, InstructionFiles files, AgentFiles agents) {
    return sorted(name, files.instructions(), agents);
  }

  /// The same, had one of its files become another.
  Workforce with(Instruction another) {
    var now =
        instructions.stream().map(it -> it.file().equals(another.file()) ? another : it).toList();
    return sorted(name, now, agents);
  }

  private static Workforce sorted(String name, List<Instruction> found, AgentFiles agents) {
    var instructions = new ArrayList<>(found);
    instructions.sort(
        Comparator.comparing(
                (Instruction i) -> i.id() == null ? "" : i.id(),
                (a, b) ->
                    a.isEmpty() || b.isEmpty()
                        ? Boolean.compare(a.isEmpty(), b.isEmpty())
                        : WorkerIds.ORDER.compare(a, b))
            .thenComparing(Instruction::file));
    return new Workforce(name, instructions, agents);
  }

  public static Workforce read(Path path) throws IOException {
    return read(List.of(path));
  }

  private static String name(List<Path> paths) {
    if (paths.isEmpty()) return "";
    var first = paths.getFirst().toAbsolutePath().normalize();
    var name = first.getFileName();
    return name == null ? first.toString() : name.toString();
  }

  public boolean isEmpty() {
    return instructions.isEmpty();
  }
}
