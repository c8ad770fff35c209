package dev.muster.orchestrator.journal.storage;

import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// Packs a folder (tar, gzip) so that the same folder always gives the same bytes: sorted, owned by
/// nobody, folders without a time. Files keep their permissions and, to the second, their times.
///
/// Symbolic links stay links and are never followed. Sockets, pipes and devices are left out.
///
/// @param leftOut folders, without symbolic links, that are not packed
/// @param filesMax files, folders and links
/// @param bytesMax of all files together
public record FolderPack(List<Path> leftOut, int filesMax, long bytesMax) {
  private static final int FILES_MAX = 100_000;

  public FolderPack {
    leftOut = List.copyOf(leftOut);
  }

  public static FolderPack without(List<Path> leftOut) {
    return new FolderPack(leftOut, FILES_MAX, DatabaseArtifacts.BYTES_MAX);
  }

  /// The folder holds more than may travel.
  public static final class TooLargeException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }

  private record Found(String name, Path path, PosixFileAttributes attributes) {}

  /// @param folder without symbolic links
  public void write(Path folder, Path archive) throws IOException {
    var found = find(folder);
    try (var file = new BufferedOutputStream(Files.newOutputStream(archive));
        var zip = new GzipCompressorOutputStream(file, fast());
        var tar = tar(zip)) {
      for (var one : found) add(tar, one);
    }
  }

  private List<Found> find(Path folder) throws IOException {
    var found = new ArrayList<Found>();
    var bytes = new long[1];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (leftOut.contains(path)) return FileVisitResult.SKIP_SUBTREE;
            return path.equals(folder) ? FileVisitResult.CONTINUE : visitFile(path, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isOther() || leftOut.contains(path)) return FileVisitResult.CONTINUE;
            if (attributes.isRegularFile()) bytes[0] += attributes.size();
            if (found.size() == filesMax || bytes[0] > bytesMax) throw tooLarge(folder);
            found.add(new Found(folder.relativize(path).toString(), path, posix(path)));
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(Found::name));
    return found;
  }

  private TooLargeException tooLarge(Path folder) {
    return new TooLargeException(
        "expected a target of at most %,d files and %,d MiB to hand to the nodes, found more in %s: name a smaller folder with --target, or share folders between the nodes (files = shared)"
            .formatted(filesMax, bytesMax >> 20, folder));
  }

  private static PosixFileAttributes posix(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static GzipParameters fast() {
    var parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_SPEED);
    return parameters;
  }

  private static TarArchiveOutputStream tar(OutputStream to) {
    var tar = new TarArchiveOutputStream(to, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    return tar;
  }

  private static void add(TarArchiveOutputStream tar, Found found) throws IOException {
    var entry = entry(found);
    try {
      tar.putArchiveEntry(entry);
      if (found.attributes().isRegularFile()) {
        try (var from = new FileInputStream(found.path().toFile())) {
          from.transferTo(tar);
        }
      }
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new IOException(
          "%s could not be packed, or changed meanwhile: %s"
              .formatted(found.path(), e.getMessage()),
          e);
    }
  }

  private static TarArchiveEntry entry(Found found) throws IOException {
    var attributes = found.attributes();
    var entry = blank(found);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setModTime(0);
    if (attributes.isRegularFile()) {
      entry.setSize(attributes.size());
      entry.setModTime(attributes.lastModifiedTime().toMillis() / 1_000 * 1_000);
    }
    return entry;
  }

  private static TarArchiveEntry blank(Found found) throws IOException {
    var attributes = found.attributes();
    if (attributes.isSymbolicLink()) {
      var link = new TarArchiveEntry(found.name(), TarConstants.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(found.path()).toString());
      return link;
    }
    var entry = new TarArchiveEntry(attributes.isDirectory() ? found.name() + "/" : found.name());
    entry.setMode(mode(attributes.permissions()));
    return entry;
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    var mode = 0;
    for (var permission : PosixFilePermission.values()) {
      mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
    }
    return mode;
  }
}
