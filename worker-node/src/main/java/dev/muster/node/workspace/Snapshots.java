package dev.muster.node.workspace;

import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What files of a workspace hold at one moment.
///
/// A path may name a file, or a folder: then every regular file below it counts. Symbolic links are
/// refused wherever they appear, since what they lead to is not the worker's to deliver.
public final class Snapshots {
  private static final int FILES_MAX = 10_000;

  /// Something is there that cannot be taken.
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean lasting;

    private RefusedException(String message, boolean lasting) {
      super(message);
      this.lasting = lasting;
    }

    /// Whether the same work would come to the same end.
    public boolean lasting() {
      return lasting;
    }
  }

  /// The files under one path, by path; empty when there is nothing.
  ///
  /// @throws RefusedException saying what is there instead of files that can be read
  public static List<Artifact> take(Path folder, String relative) throws IOException {
    var path = WorkspacePath.inside(folder, relative);
    WorkspacePath.refuseLinks(folder, path);
    refuseClosed(folder, path);
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) return List.of(one(folder, path));
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return List.of();
      throw refused("expected a file or a folder, found a socket, pipe or device", folder, path);
    }
    var found = new ArrayList<Artifact>();
    for (var file : filesBelow(folder, path)) found.add(one(folder, file));
    found.sort(Comparator.comparing(Artifact::path));
    return found;
  }

  private static RefusedException refused(String what, Path folder, Path path) {
    return new RefusedException(
        what + ": `" + FileNames.shown(folder.relativize(path)) + "`", false);
  }

  /// What lies in a folder that must not be entered is not missing.
  private static void refuseClosed(Path folder, Path file) throws IOException {
    var current = folder;
    for (var name : folder.relativize(file)) {
      current = current.resolve(name);
      if (!Files.exists(current, LinkOption.NOFOLLOW_LINKS)) return;
      refuseUnreadable(folder, current);
    }
  }

  private static void refuseUnreadable(Path folder, Path path) throws IOException {
    var attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (Legible.is(path, attributes)) return;
    throw new RefusedException(
        "expected a %s that its owner can read, found `%s` with the permissions %s"
            .formatted(
                attributes.isDirectory() ? "folder" : "file",
                FileNames.shown(folder.relativize(path)),
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))),
        false);
  }

  /// Artifacts travel by their paths as text.
  private static void refuseNameless(Path folder, Path file) throws RefusedException {
    if (FileNames.isText(file)) return;
    throw new RefusedException(
        "expected file names in UTF-8, found `%s`; rename the file, or deliver it in an archive"
            .formatted(FileNames.shown(folder.relativize(file))),
        true);
  }

  private static Artifact one(Path folder, Path file) throws IOException {
    refuseNameless(folder, file);
    refuseUnreadable(folder, file);
    return new Artifact(
        folder.relativize(file).toString(),
        Sha256.of(file),
        Files.size(file),
        Files.isExecutable(file),
        Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS));
  }

  private static List<Path> filesBelow(Path folder, Path path) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
              throws IOException {
            refuseUnreadable(folder, inner);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
            if (failure instanceof AccessDeniedException) refuseUnreadable(folder, file);
            if (!Legible.isTooLong(failure)) throw failure;
            throw refused("expected paths of at most 4096 bytes, found more below", folder, path);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isSymbolicLink()) WorkspacePath.refuseLinks(folder, file);
            if (attributes.isRegularFile()) files.add(file);
            if (files.size() > FILES_MAX) {
              throw refused("expected at most " + FILES_MAX + " files, found more", folder, path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private Snapshots() {}
}
