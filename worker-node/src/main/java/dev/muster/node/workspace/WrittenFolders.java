package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Where permitted operations of a run have written on this node: `written/<run>` in its data
/// folder, a folder a line. What changes there is no news to the run's other operations.
public record WrittenFolders(Path dataFolder) {
  private static final int FOLDERS_MAX = 1_000;

  /// Beyond a thousand folders nothing more is noted: at worst somebody is asked once more.
  public void add(String run, List<Path> folders) throws IOException {
    var known = of(run);
    var file = file(run);
    Workspaces.createPrivate(dataFolder.resolve("written"));
    for (var folder : folders) {
      var text = folder.toString();
      if (known.contains(folder) || known.size() >= FOLDERS_MAX || text.contains("\n")) continue;
      Files.writeString(
          file,
          text + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  public List<Path> of(String run) throws IOException {
    try {
      return Files.readAllLines(file(run), StandardCharsets.UTF_8).stream().map(Path::of).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  void forget(String run) throws IOException {
    Files.deleteIfExists(file(run));
  }

  private Path file(String run) {
    return dataFolder.resolve("written").resolve(WorkspacePath.name(run));
  }
}
