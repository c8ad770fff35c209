package dev.muster.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL: one server for all tests of a JVM, and a fresh database for whoever asks.
public final class PostgresServer {
  public static final String USER = "postgres";

  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM_MIN = 4L << 30;
  private static final AtomicInteger NAMES = new AtomicInteger();

  /// Started by the first test that needs it, and ended with the JVM.
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        var builder = EmbeddedPostgres.builder();
        var memory = inMemory();
        if (memory != null) builder.setDataDirectory(memory);
        return builder
            .setPGStartupWait(START_MAX)
            // It is over with the JVM, and nobody pulls its plug.
            .setServerConfig("full_page_writes", "off")
            // It would begin a process for each of some hundred databases in turn.
            .setServerConfig("autovacuum", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// A folder of what is no disk: each database is some 300 files, and to find them places on a
    /// disk where others were just deleted is most of what this server does. Null where there is no
    /// room.
    private static @Nullable Path inMemory() throws IOException {
      if (!Files.isWritable(MEMORY) || Files.getFileStore(MEMORY).getUsableSpace() < ROOM_MIN) {
        return null;
      }
      return MEMORY.resolve("muster-postgres-" + ProcessHandle.current().pid());
    }
  }

  private PostgresServer() {}

  /// The URL of an empty database that nobody else uses; its user is [#USER], without a password.
  public static String freshDatabase() {
    return freshDatabase("");
  }

  /// The same, in the order of English: of the system where it knows that, else of ICU.
  public static String freshDatabaseInEnglish() {
    try {
      return freshDatabase(" TEMPLATE template0 LOCALE 'en_US.UTF-8' ENCODING 'UTF8'");
    } catch (IllegalStateException _) {
      return freshDatabase(
          " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8'"
              + " ENCODING 'UTF8'");
    }
  }

  /// The same with all that is in another database of this server, to which nobody is connected.
  public static String copyOf(String url) {
    return freshDatabase(" TEMPLATE " + url.substring(url.lastIndexOf('/') + 1));
  }

  private static String freshDatabase(String options) {
    var name = "test_" + NAMES.incrementAndGet();
    try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
        var create = connection.createStatement()) {
      create.execute("CREATE DATABASE " + name + options);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "jdbc:postgresql://127.0.0.1:" + Server.RUNNING.getPort() + "/" + name;
  }
}
