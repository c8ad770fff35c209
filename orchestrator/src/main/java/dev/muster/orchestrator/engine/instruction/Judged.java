package dev.muster.orchestrator.engine.instruction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is to be judged together: a folder is a workforce of its own; a file is judged among the
/// others of its folder, which are read for what it says of them, and not judged themselves.
///
/// @param shown the files to report on
public record Judged(Workforce workforce, Set<String> shown) {
  public Judged {
    shown = Set.copyOf(shown);
  }

  /// Sorts folders and files into workforces; what lies in a folder that is given anyway, or was
  /// given before, is not judged again.
  ///
  /// Throws `NoSuchFileException` when one of the paths is not there.
  public static List<Judged> of(List<Path> paths) throws IOException {
    var folders = new LinkedHashMap<Path, Path>();
    for (var path : paths) {
      if (Files.isDirectory(path)) folders.putIfAbsent(path.toRealPath(), path);
    }
    var judged = new ArrayList<Judged>();
    for (var folder : folders.entrySet()) {
      var real = folder.getKey();
      var inside = folders.keySet().stream().anyMatch(f -> !f.equals(real) && real.startsWith(f));
      if (!inside) judged.add(all(Workforce.read(folder.getValue())));
    }
    var files = new LinkedHashMap<Path, Set<Path>>();
    for (var path : paths) {
      if (Files.isDirectory(path)) continue;
      var parent = path.toAbsolutePath().getParent();
      if (parent == null || !Files.isDirectory(parent))
        throw new NoSuchFileException(path.toString());
      var real = parent.toRealPath();
      if (folders.keySet().stream().noneMatch(real::startsWith)) {
        files.computeIfAbsent(real, _ -> new LinkedHashSet<>()).add(path);
      }
    }
    for (var together : files.values()) judged.add(among(together));
    return List.copyOf(judged);
  }

  private static Judged all(Workforce workforce) {
    var files = new LinkedHashSet<String>();
    workforce.instructions().forEach(instruction -> files.add(instruction.file()));
    return new Judged(workforce, files);
  }

  /// The files first, so that they bear the names they were given by.
  private static Judged among(Set<Path> paths) throws IOException {
    var files = new InstructionFiles();
    for (var path : paths) files.add(path);
    var shown = new LinkedHashSet<String>();
    files.instructions().forEach(instruction -> shown.add(instruction.file()));
    var parent = paths.iterator().next().toAbsolutePath().getParent();
    if (parent != null) files.addSiblings(parent);
    var agents = parent == null ? AgentFiles.NONE : AgentFiles.read(parent);
    return new Judged(Workforce.of("", files, agents), shown);
  }

  boolean shows(Instruction instruction) {
    return shown.contains(instruction.file());
  }

  public boolean isEmpty() {
    return shown.isEmpty();
  }
}
