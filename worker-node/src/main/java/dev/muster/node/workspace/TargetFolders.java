package dev.muster.node.workspace;

import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Copies of targets that have travelled to this node: one for each content, `targets/<digest>` in
/// its data folder, made when an attempt first needs it and there only when whole.
///
/// Of those that nothing uses the newest few are kept.
public final class TargetFolders {
  private static final int UNUSED_MAX = 3;

  private final Path folder;
  private final Artifacts artifacts;
  private final int unusedMax;
  private final Map<String, Integer> users = new HashMap<>();

  /// The most recently used last. Copies of an earlier life of the node are older than all of them.
  private final Set<String> used = new LinkedHashSet<>();

  /// One archive is unpacked at a time.
  private final ReentrantLock unpacking = new ReentrantLock(true);

  public TargetFolders(Path dataFolder, Artifacts artifacts) {
    this(dataFolder, artifacts, UNUSED_MAX);
  }

  TargetFolders(Path dataFolder, Artifacts artifacts, int unusedMax) {
    this.folder = dataFolder.toAbsolutePath().normalize().resolve("targets");
    this.artifacts = artifacts;
    this.unusedMax = unusedMax;
  }

  /// A copy stays at least until it is closed.
  public final class Copy implements AutoCloseable {
    private final String sha256;

    private Copy(String sha256) {
      this.sha256 = sha256;
    }

    /// Not to be changed: other attempts read it too.
    public Path path() {
      return tree(sha256);
    }

    @Override
    public void close() {
      release(sha256);
    }
  }

  /// @param sha256 of the archive in the artifact store
  /// @throws IOException also when the archive is missing or damaged
  public Copy borrow(String sha256) throws IOException, InterruptedException {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IOException("expected a SHA-256 of a packed target, found `" + sha256 + "`");
    }
    if (!take(sha256)) {
      try {
        unpackOnce(sha256);
      } catch (IOException | InterruptedException | RuntimeException e) {
        release(sha256);
        throw e;
      }
    }
    return new Copy(sha256);
  }

  private void unpackOnce(String sha256) throws IOException, InterruptedException {
    unpacking.lockInterruptibly();
    try {
      if (Files.isDirectory(tree(sha256))) return;
      discardUnfinished();
      unpack(sha256);
      discardUnused();
    } finally {
      unpacking.unlock();
    }
  }

  private void unpack(String sha256) throws IOException {
    createPrivate(folder);
    var unfinished = folder.resolve(".unpacking-" + sha256);
    createPrivate(unfinished);
    try {
      var archive = unfinished.resolve("archive");
      artifacts.fetch(new Artifact("the packed target", sha256, 0, false), archive);
      FolderUnpack.unpack(archive, unfinished.resolve("tree"));
      Files.delete(archive);
      Files.move(unfinished, folder.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.delete(unfinished);
    }
  }

  /// What a killed node left.
  private void discardUnfinished() throws IOException {
    if (!Files.isDirectory(folder)) return;
    try (var left = Files.newDirectoryStream(folder, ".*")) {
      for (var one : left) Trees.delete(one);
    }
  }

  private void discardUnused() throws IOException {
    List<Path> unused = new ArrayList<>();
    try (var all = Files.newDirectoryStream(folder, path -> !isUsed(name(path)))) {
      all.forEach(unused::add);
    }
    var order = usedOrder();
    unused.sort(Comparator.<Path>comparingInt(copy -> order.indexOf(name(copy))).reversed());
    for (var one : unused.stream().skip(unusedMax).toList()) {
      var gone = setAside(one);
      if (gone != null) Trees.delete(gone);
    }
  }

  // --- who uses what ---

  /// Whether the copy is there. It is in use from now on in either case.
  private synchronized boolean take(String sha256) {
    users.merge(sha256, 1, Integer::sum);
    used.remove(sha256);
    used.add(sha256);
    return Files.isDirectory(tree(sha256));
  }

  private synchronized void release(String sha256) {
    users.computeIfPresent(sha256, (_, count) -> count == 1 ? null : count - 1);
  }

  private synchronized boolean isUsed(String sha256) {
    return users.containsKey(sha256);
  }

  /// Null when somebody has begun to use it.
  private synchronized @Nullable Path setAside(Path copy) throws IOException {
    if (isUsed(name(copy))) return null;
    used.remove(name(copy));
    var gone = folder.resolve(".gone-" + name(copy));
    return Files.move(copy, gone, StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized List<String> usedOrder() {
    return List.copyOf(used);
  }

  private static String name(Path copy) {
    return String.valueOf(copy.getFileName());
  }

  private Path tree(String sha256) {
    return folder.resolve(sha256).resolve("tree");
  }

  private static void createPrivate(Path path) throws IOException {
    Files.createDirectories(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
