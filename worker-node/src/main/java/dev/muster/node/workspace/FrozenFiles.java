package dev.muster.node.workspace;

import dev.muster.node.workspace.FileTree.Entry;
import dev.muster.node.workspace.FileTree.Kind;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/// Keeps trees in the artifact store, every content once, and takes them out again exactly as they
/// were: what was tampered with in between is not taken, since contents are verified.
public record FrozenFiles(Artifacts artifacts) {
  private static final String MANIFEST = "frozen-manifest";
  private static final int OWNER = 0700;

  /// @return SHA-256 of the list, by which it is found again
  /// @throws TreeScan.NotTakenException when a file is no longer what the tree says
  public String keep(Workspace workspace, OperationContent content) throws IOException {
    keep(workspace.work(), content.work());
    if (content.copiesTarget()) keep(workspace.target(), content.target());
    var file = workspace.folder().resolve(MANIFEST);
    Files.write(file, EventCodec.encode(content));
    try {
      return artifacts.put(file, MANIFEST).sha256();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void keep(Path folder, FileTree tree) throws IOException {
    for (var entry : tree.files()) {
      if (artifacts.holds(entry.content())) continue;
      var kept = artifacts.put(folder.resolve(entry.path()), entry.path());
      if (!kept.sha256().equals(entry.content())) {
        throw new TreeScan.NotTakenException(
            "`%s` changed while it was looked at".formatted(entry.path()));
      }
    }
  }

  /// @throws IOException also when it is no longer in the store
  public OperationContent find(Workspace workspace, String manifest) throws IOException {
    var file = workspace.folder().resolve(MANIFEST);
    try {
      artifacts.fetch(new Artifact(MANIFEST, manifest, 0, false), file);
      return EventCodec.decode(Files.readAllBytes(file), OperationContent.class);
    } catch (UncheckedIOException e) {
      throw new IOException("the list of frozen files cannot be read: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// Makes a folder anew with exactly this tree in it.
  public void restore(FileTree tree, Path folder) throws IOException {
    Trees.delete(folder);
    Files.createDirectory(folder);
    for (var entry : tree.entries()) {
      var path = WorkspacePath.inside(folder, entry.path());
      WorkspacePath.refuseLinks(folder, path);
      switch (entry.kind()) {
        case FOLDER -> Files.createDirectories(path);
        case LINK -> Files.createSymbolicLink(path, Path.of(entry.content()));
        case FILE -> {
          artifacts.fetch(new Artifact(entry.path(), entry.content(), entry.bytes(), false), path);
          dress(path, entry, entry.mode());
        }
        case OTHER -> {}
      }
    }
    // Last, since what is put into a folder changes its time.
    for (var entry : tree.entries().reversed()) {
      if (entry.kind() == Kind.FOLDER) {
        dress(WorkspacePath.inside(folder, entry.path()), entry, entry.mode() | OWNER);
      }
    }
  }

  private static void dress(Path path, Entry entry, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
    Files.setLastModifiedTime(path, FileTime.from(entry.modifiedNanos(), TimeUnit.NANOSECONDS));
  }
}
