package dev.muster.node.workspace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Makes a folder from an archive (tar, gzip), and nothing outside it: names that lead elsewhere
/// are refused, and links are made last, so that no file is written through one.
final class FolderUnpack {
  private static final int ENTRIES_MAX = 1_000_000;
  private static final long BYTES_MAX = 8L << 30;

  private final Path folder;
  private final Map<Path, String> links = new LinkedHashMap<>();

  /// With the permissions they get when everything is in its place, the outermost first.
  private final Map<Path, Integer> folders = new LinkedHashMap<>();

  private int entries;
  private long bytes;

  private FolderUnpack(Path folder) {
    this.folder = folder;
  }

  /// @param folder that does not exist yet
  static void unpack(Path archive, Path folder) throws IOException {
    new FolderUnpack(Files.createDirectory(folder)).unpack(archive);
  }

  private void unpack(Path archive) throws IOException {
    try (var file = new BufferedInputStream(Files.newInputStream(archive));
        var tar = new TarArchiveInputStream(new GZIPInputStream(file), "UTF-8")) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        take(tar, entry);
      }
    }
    for (var link : links.entrySet()) {
      WorkspacePath.refuseLinks(folder, link.getKey());
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
    for (var one : folders.entrySet().stream().toList().reversed()) {
      Files.setPosixFilePermissions(one.getKey(), permissions(one.getValue()));
    }
  }

  private void take(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    bytes += entry.getSize();
    if (++entries > ENTRIES_MAX || bytes > BYTES_MAX) {
      throw new IOException(
          "expected at most %,d entries and %,d GiB in the packed target, found more"
              .formatted(ENTRIES_MAX, BYTES_MAX >> 30));
    }
    var path = WorkspacePath.inside(folder, entry.getName());
    if (entry.isSymbolicLink()) {
      links.put(path, entry.getLinkName());
    } else if (entry.isDirectory()) {
      Files.createDirectory(path);
      folders.put(path, entry.getMode());
    } else if (entry.isFile() && !entry.isLink() && !entry.isSparse()) {
      write(tar, path, entry);
    } else {
      throw new IOException(
          "expected files, folders and symbolic links in the packed target, found `%s`"
              .formatted(entry.getName()));
    }
  }

  private static void write(TarArchiveInputStream tar, Path path, TarArchiveEntry entry)
      throws IOException {
    try (var to =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      tar.transferTo(to);
    }
    Files.setLastModifiedTime(path, entry.getLastModifiedTime());
    Files.setPosixFilePermissions(path, permissions(entry.getMode()));
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    var permissions = EnumSet.noneOf(PosixFilePermission.class);
    var all = PosixFilePermission.values();
    for (var i = 0; i < all.length; i++) {
      if ((mode >> (all.length - 1 - i) & 1) == 1) permissions.add(all[i]);
    }
    return permissions;
  }
}
