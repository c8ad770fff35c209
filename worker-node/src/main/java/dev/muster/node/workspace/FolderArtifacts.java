package dev.muster.node.workspace;

import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifacts;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.time.InstantSource;

/// Keeps every content once, as `<first two of the digest>/<digest>` in a folder that all nodes of
/// the cluster see. A file gets its name only when it is whole and on disk.
public final class FolderArtifacts implements Artifacts {
  /// A file of this size is read again more quickly than it is written to the disk in vain.
  private static final long READ_FIRST_BYTES_MAX = 1 << 20;

  static final String UNFINISHED = "put-";

  private final Path folder;
  private final InstantSource clock;

  public FolderArtifacts(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public String put(Path file) throws IOException {
    if (Files.size(file) <= READ_FIRST_BYTES_MAX) {
      var known = Sha256.of(file);
      if (holds(known)) return known;
    }
    Files.createDirectories(folder);
    var unfinished = Files.createTempFile(folder, UNFINISHED, ".part");
    try {
      var digest = Sha256.digest();
      try (var to = new FileOutputStream(unfinished.toFile())) {
        copy(file, new DigestOutputStream(to, digest));
        to.getFD().sync();
      }
      var sha256 = Sha256.hex(digest);
      keep(unfinished, sha256);
      return sha256;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public void fetch(String sha256, Path to) throws IOException {
    var content = file(sha256);
    if (!Files.isRegularFile(content)) {
      throw new NoSuchFileException(
          "expected its content in the artifact store, found no " + content);
    }
    var digest = Sha256.digest();
    try (var out = new FileOutputStream(to.toFile())) {
      copy(content, new DigestOutputStream(out, digest));
    }
    var found = Sha256.hex(digest);
    if (!found.equals(sha256)) {
      throw new IOException(
          "expected SHA-256 %s, found %s: the artifact store is damaged at %s"
              .formatted(sha256, found, content));
    }
  }

  @Override
  public byte[] read(String sha256, long from, int bytesMax) throws IOException {
    try (var content = new RandomAccessFile(file(sha256).toFile(), "r")) {
      var piece = new byte[Math.clamp(content.length() - from, 0, bytesMax)];
      content.seek(from);
      content.readFully(piece);
      return piece;
    }
  }

  @Override
  public boolean holds(String sha256) throws IOException {
    return FolderContents.renew(file(sha256), clock.instant());
  }

  private void keep(Path whole, String sha256) throws IOException {
    if (holds(sha256)) return;
    var content = file(sha256);
    var shelf = Files.createDirectories(content.resolveSibling(""));
    Files.move(whole, content, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(shelf);
  }

  private static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path file(String sha256) {
    return file(folder, sha256);
  }

  static Path file(Path folder, String sha256) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "expected a SHA-256 in lower-case hex, found `" + sha256 + "`");
    }
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /// Not `Files.copy`: an interrupt must not close the stream under us half-way.
  private static void copy(Path file, OutputStream to) throws IOException {
    try (var from = new FileInputStream(file.toFile())) {
      from.transferTo(to);
    }
  }
}
