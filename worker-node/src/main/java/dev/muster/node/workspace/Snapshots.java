package dev.muster.node.workspace;

import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What files of a workspace hold at one moment.
///
/// A path may name a file, or a folder: then every regular file below it counts. Symbolic links are
/// refused wherever they appear, since what they lead to is not the worker's to deliver.
public final class Snapshots {
  private static final int FILES_MAX = 10_000;

  /// The files under one path, by path; empty when there is nothing.
  public static List<Artifact> take(Path folder, String relative) throws IOException {
    var path = WorkspacePath.inside(folder, relative);
    WorkspacePath.refuseLinks(folder, path);
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) return List.of(one(folder, path));
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) return List.of();
    var found = new ArrayList<Artifact>();
    for (var file : filesBelow(folder, path)) found.add(one(folder, file));
    found.sort(Comparator.comparing(Artifact::path));
    return found;
  }

  private static Artifact one(Path folder, Path file) throws IOException {
    return new Artifact(
        folder.relativize(file).toString(),
        Digests.ofFile(file),
        Files.size(file),
        Files.isExecutable(file));
  }

  private static List<Path> filesBelow(Path folder, Path path) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isSymbolicLink()) WorkspacePath.refuseLinks(folder, file);
            if (attributes.isRegularFile()) files.add(file);
            if (files.size() > FILES_MAX) {
              throw new IOException(
                  "expected at most %d files in `%s`, found more"
                      .formatted(FILES_MAX, folder.relativize(path)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private Snapshots() {}
}
