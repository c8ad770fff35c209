package dev.muster.node.workspace;

import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What a worker was given, in both folders of its workspace.
///
/// @param work where it may change it
/// @param inputs where it may only read it
record HandedIn(Path work, Path inputs) {
  /// Asks the store for each once, and copies what was found good.
  void lay(List<Artifact> given, Artifacts artifacts) throws IOException {
    var made = new HashSet<Path>();
    for (var input : given) {
      var kept = place(inputs, input, made);
      artifacts.fetch(input, kept);
      var modified = input.modifiedNanos();
      if (modified != null) {
        Files.setLastModifiedTime(kept, FileTime.from(modified, TimeUnit.NANOSECONDS));
      }
      Files.copy(kept, place(work, input, made), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static Path place(Path folder, Artifact input, Set<Path> made) throws IOException {
    var file = WorkspacePath.inside(folder, input.path());
    var parent = file.getParent();
    if (parent != null && made.add(parent)) Files.createDirectories(parent);
    return file;
  }

  /// Removes both copies. What was changed in `work` stays.
  ///
  /// @param sealed whether nobody could write in `inputs`, so that what is the same there is as it
  ///   was given
  void giveBack(List<Artifact> given, boolean sealed) throws IOException {
    var left = new HashSet<Path>();
    for (var input : given) {
      var file = WorkspacePath.inside(work, input.path());
      if (!isStill(file, input, sealed)) continue;
      Files.delete(file);
      var folder = file.getParent();
      while (folder != null && !folder.equals(work) && left.add(folder)) {
        folder = folder.getParent();
      }
    }
    Trees.delete(inputs);
    for (var folder : left.stream().sorted(Comparator.reverseOrder()).toList()) {
      if (isEmpty(folder)) Files.delete(folder);
    }
  }

  /// Not where a link leads on the way: that may be anything.
  private boolean isStill(Path file, Artifact input, boolean sealed) {
    try {
      WorkspacePath.refuseLinks(work, file);
      if (!Files.isRegularFile(file) || Files.size(file) != input.bytes()) return false;
      return sealed
          ? Files.mismatch(file, WorkspacePath.inside(inputs, input.path())) < 0
          : Sha256.of(file).equals(input.sha256());
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    }
  }
}
