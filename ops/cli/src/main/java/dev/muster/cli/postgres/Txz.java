package dev.muster.cli.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks a `.txz` archive.
final class Txz {
  /// What we unpack has some 60 MB in 1,100 files; an archive that never ends must not fill a disk.
  private static final long BYTES_MAX = 512L << 20;

  private static final int OWNER_EXECUTES = 0b001_000_000;

  private Txz() {}

  static void unpack(InputStream packed, Path to) throws IOException {
    var bytes = 0L;
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        bytes += entry.getSize();
        if (bytes > BYTES_MAX) throw new IOException("the archive is larger than it should be");
        put(entry, tar, inside(to, entry.getName()), to);
      }
    }
  }

  private static void put(TarArchiveEntry entry, InputStream content, Path file, Path root)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      inside(
          root, root.relativize(file.resolveSibling(entry.getLinkName()).normalize()).toString());
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(content, file);
      if ((entry.getMode() & OWNER_EXECUTES) != 0) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } else {
      throw new IOException("expected a file, a folder or a link, found " + entry.getName());
    }
  }

  private static Path inside(Path root, String name) throws IOException {
    var file = root.resolve(name).normalize();
    if (!file.startsWith(root)) throw new IOException(name + " leads out of " + root);
    return file;
  }
}
