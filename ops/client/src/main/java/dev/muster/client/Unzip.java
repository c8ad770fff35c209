package dev.muster.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Unpacks an archive below a folder, and nothing outside it. What a node sends was written by
/// workers: names that lead elsewhere are refused, nothing is written through a link that lies
/// there, nothing that is there is replaced, and what is unpacked has a limit whatever the archive
/// says of itself.
public final class Unzip {
  private static final int ENTRIES_MAX = 100_000;
  private static final long BYTES_MAX = 2L << 30;
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final int entriesMax;
  private final long bytesMax;
  private final byte[] buffer = new byte[BUFFER];
  private int files;
  private long bytes;

  private Unzip(Path folder, int entriesMax, long bytesMax) {
    this.folder = folder;
    this.entriesMax = entriesMax;
    this.bytesMax = bytesMax;
  }

  /// @param folder is made when it is not there
  /// @return how many files were written
  /// @throws IOException in words that name the entry; what came before it stays
  public static int into(Path archive, Path folder) throws IOException {
    return into(archive, folder, ENTRIES_MAX, BYTES_MAX);
  }

  static int into(Path archive, Path folder, int entriesMax, long bytesMax) throws IOException {
    var real = Files.createDirectories(folder).toRealPath();
    return new Unzip(real, entriesMax, bytesMax).unpack(archive);
  }

  private int unpack(Path archive) throws IOException {
    var entries = 0;
    try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > entriesMax) throw refused("at most %,d entries".formatted(entriesMax), entry);
        var path = inside(entry);
        makeFolders(entry.isDirectory() ? path : parent(path), entry);
        if (!entry.isDirectory()) write(zip, path, entry);
      }
    }
    return files;
  }

  private Path inside(ZipEntry entry) throws IOException {
    try {
      var name = Path.of(entry.getName());
      var path = folder.resolve(name).normalize();
      var leads = name.isAbsolute() || !path.startsWith(folder) || path.equals(folder);
      if (leads) throw refused("names below the folder", entry);
      return path;
    } catch (InvalidPathException e) {
      throw refused("names of files", entry);
    }
  }

  private Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? folder : parent;
  }

  /// One by one, since one that is there already may be a link.
  private void makeFolders(Path path, ZipEntry entry) throws IOException {
    var at = folder;
    for (var name : folder.relativize(path)) {
      if (name.toString().isEmpty()) continue;
      at = at.resolve(name);
      if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) continue;
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        throw refused("folders where nothing else is", entry);
      }
      Files.createDirectory(at);
    }
  }

  private void write(InputStream zip, Path path, ZipEntry entry) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("names that are free in " + folder, entry);
    }
    try (var out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
      for (var read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
        bytes += read;
        if (bytes > bytesMax) throw refused("at most %,d bytes".formatted(bytesMax), entry);
        out.write(buffer, 0, read);
      }
    }
    files++;
  }

  private static IOException refused(String expected, ZipEntry entry) {
    return new IOException("expected %s, found `%s`".formatted(expected, entry.getName()));
  }
}
