package dev.muster.orchestrator.journal.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `<data>/journal.mark`: that there is a journal, and how long it was when it was last closed. H2
/// opens a file that was cut short as it was at some earlier time, without a word.
///
/// @param file of the database
record JournalSeal(Path mark, Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(JournalSeal.class);
  private static final String OPEN = "A journal was begun here; it is in use, or was not closed.\n";
  private static final Pattern CLOSED = Pattern.compile("events=(\\d+) bytes=(\\d+)\\s*");

  boolean exists() {
    return Files.exists(mark);
  }

  /// What is missing from a file of this length whose newest event is this; null when nothing is.
  @Nullable String missing(long bytes, long newest) {
    try {
      var closed = CLOSED.matcher(Files.readString(mark));
      if (!closed.matches()) return null;
      var events = Long.parseLong(closed.group(1));
      if (events <= newest || Long.parseLong(closed.group(2)) <= bytes) return null;
      return "it ends with event %d, and ended with event %d when it was last closed; if you have put an older copy there on purpose, remove %s"
          .formatted(newest, events, mark);
    } catch (IOException _) {
      return null; // there is no mark yet
    }
  }

  /// From now on an empty file is a lost journal.
  void open() throws IOException {
    Files.writeString(mark, OPEN);
  }

  /// Nothing is said of a file that somebody in this process still uses.
  ///
  /// @param newest event
  void close(long newest) {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) return;
      Files.writeString(mark, "events=%d bytes=%d\n".formatted(newest, channel.size()));
    } catch (IOException | OverlappingFileLockException e) {
      LOG.info("the journal's mark stays open: {}", e.toString());
    }
  }
}
