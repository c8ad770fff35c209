package dev.muster.orchestrator.journal.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/// The file of the embedded database, looked at from outside. H2 makes a new and empty database
/// wherever it finds none, so whether one must be there is told by what lies beside it: a mark that
/// is written at first use, and the workspaces of runs.
///
/// @param file the database's own
/// @param data the folder that it was made for
/// @param url by which it is opened
public record JournalFile(Path file, Path data, String url) {
  private static final String SUFFIX = ".mv.db";
  private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file|retry):([^;]*).*");

  /// How each of the two headers of an MVStore file begins, and how far they are apart.
  private static final byte[] HEADER = "H:".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER_EVERY_BYTES = 4_096;
  private static final int NAMED_MAX = 3;

  /// 0 of a journal without events.
  static final String NEWEST = "SELECT COALESCE(MAX(\"ordering\"), 0) FROM \"event_journal\"";

  /// Null where the journal is in no file.
  public static @Nullable JournalFile of(DatabaseSettings settings, Path data) {
    var url = URL.matcher(settings.url());
    if (!url.matches()) return null;
    return new JournalFile(Path.of(url.group(1) + SUFFIX), data, settings.url());
  }

  /// What is wrong with the file, as far as can be seen without opening it; null when nothing is.
  public @Nullable String problem() {
    try {
      if (Files.isDirectory(file)) return "expected the journal " + file + ", found a folder there";
      if (Files.exists(file) && Files.size(file) > 0) {
        return hasHeader() ? null : damaged("it does not begin as a database does");
      }
      if (!wasUsed()) return null;
      var found = Files.exists(file) ? "is empty" : "is gone";
      return "the journal " + file + " " + found + beside();
    } catch (IOException | UncheckedIOException e) {
      return "expected the journal " + file + " to be readable, found: " + e;
    }
  }

  /// The same, and whether the database can be read at all. Changes nothing; only where no node
  /// uses it.
  public @Nullable String problemInside() {
    var outside = problem();
    if (outside != null || !Files.exists(file)) return outside;
    try {
      var unsafe = unsafe();
      if (unsafe != null) return unsafe;
    } catch (JournalDefinitions.FileInUse e) {
      return "the journal " + file + " is in use by another process";
    } catch (MVStoreException e) {
      return damaged(firstLine(e));
    }
    var reading = url + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE";
    try (var connection = DriverManager.getConnection(reading);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(NEWEST)) {
      return problemOf(bytes(), rows.next() ? rows.getLong(1) : 0);
    } catch (SQLException e) {
      return damaged(firstLine(e));
    }
  }

  /// What the file holds that would run code when it is opened; null when it is a plain journal.
  /// Nothing of it is carried out by looking.
  @Nullable String unsafe() {
    if (bytes() == 0) return null;
    var found = JournalDefinitions.problem(file);
    return found == null
        ? null
        : "the journal %s is not opened: it holds what Muster never puts there and what could run code, %s"
            .formatted(file, found);
  }

  String damaged(String how) {
    return "the journal %s is damaged: %s".formatted(file, how);
  }

  static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }

  JournalSeal seal() {
    return new JournalSeal(data.resolve("journal.mark"), file);
  }

  /// How long it is; 0 when there is none.
  long bytes() {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0;
    }
  }

  /// What is wrong with a journal of this length that opens and whose newest event is this; null
  /// when nothing is.
  @Nullable String problemOf(long bytes, long newest) {
    if (newest == 0 && !runs().isEmpty()) return "the journal " + file + " knows no run" + beside();
    var missing = seal().missing(bytes, newest);
    return missing == null ? null : damaged(missing);
  }

  private String beside() {
    var runs = runs();
    if (runs.isEmpty()) return ", but this folder has been used before";
    var named = String.join(", ", runs.subList(0, Math.min(NAMED_MAX, runs.size())));
    var more = runs.size() > NAMED_MAX ? " and %d more".formatted(runs.size() - NAMED_MAX) : "";
    return ", but there are workspaces of " + named + more;
  }

  private boolean wasUsed() {
    return seal().exists() || !runs().isEmpty();
  }

  private List<String> runs() {
    try (var found = Files.list(data.resolve("workspaces"))) {
      return found
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.startsWith("run_"))
          .sorted()
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException _) {
      return List.of(); // then the folder's own trouble is said elsewhere
    }
  }

  private boolean hasHeader() throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      return startsAt(channel, 0) || startsAt(channel, HEADER_EVERY_BYTES);
    }
  }

  private static boolean startsAt(SeekableByteChannel channel, long position) throws IOException {
    var bytes = ByteBuffer.allocate(HEADER.length);
    channel.position(position);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    return ByteBuffer.wrap(HEADER).equals(bytes.flip());
  }
}
