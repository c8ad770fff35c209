package dev.muster.host;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The data folder, checked and locked for this process. The operating system frees the lock when
/// the process ends, however it ends.
public final class DataFolder implements AutoCloseable {
  /// Below this a journal would soon fail in the middle of a run.
  private static final long FREE_BYTES_MIN = 32L << 20;

  private static final long FULL_BELOW_BYTES = 1L << 20;

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Null when another process holds it.
  ///
  /// @throws Refusal when the folder cannot be used at all
  public static @Nullable DataFolder tryOpen(Path path) {
    try {
      create(path);
      probe(path);
      var channel =
          FileChannel.open(
              path.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        return null;
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid().getBytes(StandardCharsets.US_ASCII)));
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw refusal(path, e);
    }
  }

  private static String pid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  /// Who holds the lock, as a number for a message; null when it cannot be read.
  public static @Nullable String holder(Path path) {
    try {
      var text = Files.readString(path.resolve("lock")).strip();
      return text.isEmpty() ? null : text;
    } catch (IOException _) {
      return null;
    }
  }

  /// Nobody else may look inside.
  public static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    // The token and the workspaces are nobody else's business.
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(path);
    }
  }

  private static void probe(Path path) throws IOException {
    var probe = Files.createTempFile(path, ".probe", "");
    try {
      Files.writeString(probe, "muster");
    } finally {
      Files.deleteIfExists(probe);
    }
    var free = Files.getFileStore(path).getUsableSpace();
    if (free < FREE_BYTES_MIN) {
      throw full(path, free / (1 << 20) + " MiB are free", null);
    }
  }

  public static Refusal refusal(Path path, IOException e) {
    // A write that fails half-way is told without the file, unlike one that cannot be begun.
    var said = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (said == null) said = "";
    if (said.toLowerCase(Locale.ROOT).contains("no space")
        || said.toLowerCase(Locale.ROOT).contains("quota")) {
      return full(path, said, e);
    }
    var found = said.isEmpty() ? e.getClass().getSimpleName() + " " + e.getMessage() : said;
    return new Refusal(
        Exit.NOT_ALLOWED,
        "expected to be able to write the data folder " + path + ", found: " + found,
        "make it writable for this user, or choose another with --data DIR",
        e);
  }

  private static Refusal full(Path path, String found, @Nullable IOException cause) {
    var message =
        "expected at least 32 MiB of free disk for the data folder " + path + ", found: " + found;
    var workspaces = path.resolve("workspaces");
    var advice =
        Files.isDirectory(workspaces)
            ? "free some space (what attempts left in %s may be deleted), or choose another disk with --data DIR; nothing was changed"
                .formatted(workspaces)
            : "free some space, or choose another disk with --data DIR; nothing was changed";
    return cause == null
        ? new Refusal(Exit.FAILED, message, advice)
        : new Refusal(Exit.FAILED, message, advice, cause);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException _) {
      // The lock ends with the process at the latest.
    }
  }

  /// How much is left where the journal is, in words, when it is too little for it to go on; null
  /// when it is enough.
  @Nullable String fullInWords() {
    try {
      var free = Files.getFileStore(path).getUsableSpace();
      return free < FULL_BELOW_BYTES ? "%d KiB are free".formatted(free >> 10) : null;
    } catch (IOException _) {
      return null; // then something else is wrong, and says so itself
    }
  }
}
