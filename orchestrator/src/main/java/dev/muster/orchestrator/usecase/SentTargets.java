package dev.muster.orchestrator.usecase;

import dev.muster.protocol.text.Visible;
import dev.muster.protocol.worker.Artifacts;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Targets that are sent as an archive (tar, gzip) by whoever shares no disk with this node. All of
/// one is looked through before it is kept, by its digest, as targets are that travel between
/// nodes; each node unpacks a copy when a worker of the run needs it.
///
/// @param folder where an archive lies while it is looked through
public record SentTargets(Artifacts artifacts, Path folder) {
  public static final int BYTES_MAX = 32 << 20;
  private static final int ENTRIES_MAX = 20_000;
  private static final long CONTENT_BYTES_MAX = 256L << 20;

  /// As long as a path may be for the kernel.
  private static final int NAME_CHARS_MAX = 4_095;

  /// Before the content of an entry: its name, however long, and what else is said of it.
  private static final long HEADER_BYTES_MAX = 64L << 10;

  /// @param targetArtifact its digest, to be named by the run
  /// @param bytes of all files together
  public record Kept(String targetArtifact, int entries, long bytes) {}

  public Kept keep(byte[] archive) {
    try {
      var file = Files.createTempFile(folder, "sent-", ".tar.gz");
      try {
        Files.write(file, archive);
        var looked = new Look(CONTENT_BYTES_MAX);
        looked.through(file);
        return new Kept(artifacts.put(file), looked.entries, looked.bytes);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (Artifacts.UnreachableException e) {
      throw Refusal.unavailable("artifacts-unreachable", String.valueOf(e.getMessage()));
    } catch (Unfit e) {
      throw Refusal.unusable("invalid-target", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Refusal.unusable(
          "invalid-target", "Expected an archive (tar, gzip), found something else: " + Why.of(e));
    }
  }

  /// Refuses a target that is not here: what no run names for a while is removed.
  ///
  /// @param targetArtifact null when the run names none
  public void expect(@Nullable String targetArtifact) {
    try {
      if (targetArtifact == null || artifacts.holds(targetArtifact)) return;
    } catch (IOException e) {
      throw Refusal.unavailable("artifacts-unreachable", String.valueOf(e.getMessage()));
    }
    throw Refusal.unusable(
        "unknown-target",
        "Expected a target that was sent, found none of the digest %s: send it (again) first."
            .formatted(targetArtifact));
  }

  private static final class Unfit extends IOException {
    private static final long serialVersionUID = 1L;

    Unfit(String expected, String found) {
      super("Expected %s, found %s.".formatted(expected, Visible.line(found)));
    }
  }

  private static final class Look {
    private final long contentMax;
    private final Set<Path> names = new HashSet<>();
    private final Set<Path> links = new HashSet<>();
    private int entries;
    private long bytes;

    Look(long contentMax) {
      this.contentMax = contentMax;
    }

    void through(Path archive) throws IOException {
      try (var file = new BufferedInputStream(Files.newInputStream(archive));
          var plain = new Bounded(new GZIPInputStream(file), contentMax);
          var tar = new TarArchiveInputStream(plain, "UTF-8")) {
        for (var entry = next(tar, plain); entry != null; entry = next(tar, plain)) {
          look(entry);
          tar.skip(entry.getSize());
        }
      }
      for (var name : names) {
        for (var at = name.getParent(); at != null; at = at.getParent()) {
          if (links.contains(at)) throw new Unfit("nothing below a link", name.toString());
        }
      }
    }

    /// The library takes all that stands before an entry into memory.
    private static TarArchiveEntry next(TarArchiveInputStream tar, Bounded plain)
        throws IOException {
      plain.startHeader();
      var entry = tar.getNextEntry();
      plain.endHeader();
      return entry;
    }

    private void look(TarArchiveEntry entry) throws IOException {
      if (++entries > ENTRIES_MAX) {
        throw new Unfit("at most %,d entries".formatted(ENTRIES_MAX), "more");
      }
      for (var text : List.of(entry.getName(), entry.getLinkName())) {
        if (text.length() > NAME_CHARS_MAX) {
          throw new Unfit(
              "names of at most %d characters".formatted(NAME_CHARS_MAX),
              "one of %d".formatted(text.length()));
        }
      }
      var name = inside(Path.of(""), entry.getName());
      if (!names.add(name)) throw new Unfit("each name once", entry.getName());
      if (entry.isSymbolicLink()) {
        if (turnsBack(entry.getLinkName())) {
          throw new Unfit("links that go up first and then down", entry.getLinkName());
        }
        var parent = name.getParent();
        inside(parent == null ? Path.of("") : parent, entry.getLinkName());
        links.add(name);
      } else if (isPlain(entry)) {
        bytes += entry.getSize();
      } else if (!entry.isDirectory()) {
        throw new Unfit("files without holes, folders and symbolic links", entry.getName());
      }
    }

    /// To the library everything is a file that is no folder. A file with holes has as many bytes
    /// as it says, whatever the archive holds.
    private static boolean isPlain(TarArchiveEntry entry) {
      var isDevice = entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
      return entry.isFile() && !entry.isLink() && !isDevice && !entry.isSparse();
    }

    /// What goes up again after a name may have come through another link, so that nobody can tell
    /// from the words alone where it leads.
    private static boolean turnsBack(String link) {
      var isDown = false;
      for (var part : link.split("/", -1)) {
        var isUp = part.equals("..");
        if (isUp && isDown) return true;
        isDown |= !isUp && !part.isEmpty() && !part.equals(".");
      }
      return false;
    }

    /// Where it leads, below the target.
    private static Path inside(Path from, String to) throws IOException {
      try {
        var path = from.resolve(to).normalize();
        var leads = path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty();
        if (!leads) return path;
      } catch (InvalidPathException _) {
        // It is no name of a file.
      }
      throw new Unfit("names and links that stay in the target", to);
    }
  }

  /// A few bytes may unpack to more than any disk holds.
  private static final class Bounded extends FilterInputStream {
    private long left;
    private long headerLeft = Long.MAX_VALUE;

    Bounded(InputStream in, long bytesMax) {
      super(in);
      this.left = bytesMax;
    }

    void startHeader() {
      headerLeft = HEADER_BYTES_MAX;
    }

    void endHeader() {
      headerLeft = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
      var read = super.read();
      if (read >= 0) count(1);
      return read;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      var read = super.read(to, from, length);
      if (read > 0) count(read);
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      var skipped = super.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long bytes) throws IOException {
      left -= bytes;
      headerLeft -= bytes;
      if (headerLeft < 0) {
        throw new Unfit(
            "at most %,d KiB before each entry".formatted(HEADER_BYTES_MAX >> 10), "more");
      }
      if (left < 0) throw new Unfit("at most %,d MiB".formatted(CONTENT_BYTES_MAX >> 20), "more");
    }
  }
}
