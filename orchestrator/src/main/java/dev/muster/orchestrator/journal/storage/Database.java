package dev.muster.orchestrator.journal.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.storage.StorageException.Reason;
import dev.muster.protocol.RetryPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/// The open database: a small pool for everything but the journal plugin, which has its own, and
/// for what says that this node lives, which must not wait behind somebody who reads.
public final class Database implements AutoCloseable {
  private static final int H2_ALREADY_OPEN = 90020;

  /// What H2 says of a file that is not, or no longer, a database of its own version.
  private static final Set<Integer> DAMAGED =
      Set.of(
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.GENERAL_ERROR_1);

  private static final int CONNECTIONS_MAX = 6;

  /// A sign of life and a lease at the same time.
  private static final int CONTROL_CONNECTIONS_MAX = 2;

  private static final RetryPolicy RETRIES =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final DatabaseSettings settings;
  private final HikariDataSource source;
  private final HikariDataSource control;
  private final @Nullable JournalFile file;

  private Database(DatabaseSettings settings, HikariDataSource source, @Nullable JournalFile file) {
    this.settings = settings;
    this.file = file;
    this.source = source;
    this.control = settings.isEmbedded() ? source : controlPool(settings);
  }

  /// Its server need not answer yet.
  private static HikariDataSource controlPool(DatabaseSettings settings) {
    var pool = pool(settings);
    pool.setPoolName("muster-control");
    pool.setMaximumPoolSize(CONTROL_CONNECTIONS_MAX);
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }

  /// Opens the database and brings its schema up to date. Throws `StorageException`.
  public static Database open(DatabaseSettings settings, Path data) {
    requireWritable(data);
    var file = JournalFile.of(settings, data);
    var bytes = file == null ? 0 : file.bytes();
    if (file != null) requireNothingLost(file.problem(), null);
    if (file != null) requirePlain(file, data);
    HikariDataSource source;
    try {
      source = new HikariDataSource(pool(settings));
    } catch (PoolInitializationException e) {
      throw explain(e, settings, data);
    }
    var database = new Database(settings, source, file);
    try {
      database.bringUpToDate(bytes);
      if (file != null) {
        requireNothingLost(file.problemOf(bytes, database.newestEvent()), null);
        file.seal().open();
      }
      return database;
    } catch (StorageException e) {
      database.closePools();
      throw e;
    } catch (IOException e) {
      database.closePools();
      throw new StorageException(Reason.UNWRITABLE, data + " cannot be written: " + e, e);
    } catch (RuntimeException e) {
      database.closePools();
      throw explain(e, settings, data);
    }
  }

  private static void requirePlain(JournalFile file, Path data) {
    try {
      var problem = file.unsafe();
      if (problem != null) throw new StorageException(Reason.UNSAFE, problem, null);
    } catch (JournalDefinitions.FileInUse e) {
      throw inUse(data, e);
    } catch (MVStoreException e) {
      requireNothingLost(file.damaged(JournalFile.firstLine(e)), e);
    }
  }

  private static StorageException inUse(Path data, Throwable cause) {
    return new StorageException(
        Reason.LOCKED,
        "The data folder "
            + data
            + " is in use by another process. Talk to that node with --server, stop it, or choose"
            + " another folder with --data.",
        cause);
  }

  private static void requireNothingLost(@Nullable String problem, @Nullable Throwable cause) {
    if (problem != null) throw new StorageException(Reason.LOST, problem, cause);
  }

  private long newestEvent() {
    var newest = Rows.of(source, "the journal").one(JournalFile.NEWEST, row -> row.getLong(1));
    return newest == null ? 0 : newest;
  }

  /// A database that need not answer yet. Its schema is as old as it was until `awaitSchema`.
  public static Database reach(DatabaseSettings settings, Path data) {
    requireWritable(data);
    var pool = pool(settings);
    pool.setInitializationFailTimeout(-1);
    return new Database(settings, new HikariDataSource(pool), null);
  }

  /// The same for whoever cannot wait: the server must answer within seconds.
  public static Database reachNow(DatabaseSettings settings, Path data) {
    requireWritable(data);
    var problem = ServerContact.problem(settings);
    if (problem != null) throw new StorageException(Reason.UNREACHABLE, problem, null);
    return reach(settings, data);
  }

  /// Brings the schema up to date as soon as the server answers, however long that takes.
  ///
  /// @param waits told in words, after every try, why there must be another
  public void awaitSchema(Consumer<String> waits) throws InterruptedException {
    for (var failures = 0; ; failures++) {
      try {
        migrate();
        return;
      } catch (RuntimeException e) {
        if (!isPassing(e)) throw explain(e, settings, Path.of("."));
        var pause = RETRIES.pauseAfter(failures);
        waits.accept(
            "the database %s does not answer: %s; trying again in %d s"
                .formatted(settings.url(), rootMessage(e), pause.toSeconds()));
        Thread.sleep(pause);
      }
    }
  }

  /// Connection exceptions, and a server that starts or stops; a wrong password does not pass.
  private static boolean isPassing(RuntimeException e) {
    var sql = sqlCause(e);
    if (sql == null) return false;
    if (sql instanceof SQLTransientException) return true;
    var state = String.valueOf(sql.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  private static String rootMessage(Throwable e) {
    var root = e;
    while (root.getCause() != null) root = root.getCause();
    return String.valueOf(root.getMessage());
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/" + settings.vendor(), "classpath:db/migration")
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /// A file without anything in it is looked at before it is filled again: it may have been cut.
  ///
  /// @param bytes of the file, before it was opened
  private void bringUpToDate(long bytes) {
    var schema = Rows.of(source, "the schema");
    if (file != null && schema.<Boolean>read(EmbeddedSchema::isEmpty)) {
      requireNothingLost(file.problemOf(bytes, 0), null);
    }
    if (!settings.isEmbedded() || !schema.<Boolean>read(EmbeddedSchema::stands)) migrate();
  }

  public DataSource source() {
    return source;
  }

  /// For leases and signs of life alone.
  public DataSource control() {
    return control;
  }

  public DatabaseSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    if (source.isClosed()) return;
    var newest = file == null ? null : newestOrNull();
    closePools();
    if (file != null && newest != null) file.seal().close(newest);
  }

  private void closePools() {
    control.close(); // twice does no harm
    source.close();
  }

  /// A database that fails at its end is not judged by what it says then.
  private @Nullable Long newestOrNull() {
    try {
      return newestEvent();
    } catch (RuntimeException _) {
      return null;
    }
  }

  private static HikariConfig pool(DatabaseSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("muster");
    config.setJdbcUrl(settings.url());
    if (settings.user() != null) config.setUsername(settings.user());
    if (settings.password() != null) config.setPassword(settings.password());
    settings.properties().forEach(config::addDataSourceProperty);
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(10_000);
    return config;
  }

  private static void requireWritable(Path data) {
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "probe", null));
    } catch (IOException e) {
      var full = String.valueOf(e.getMessage()).contains("No space left");
      throw new StorageException(
          full ? Reason.DISK_FULL : Reason.UNWRITABLE,
          full
              ? "No room is left for the data folder " + data + ": free some space and try again."
              : "Expected a data folder that can be written, but "
                  + data
                  + " cannot be ("
                  + e.getMessage()
                  + "). Choose another with --data, or change its owner.",
          e);
    }
  }

  private static StorageException explain(Throwable e, DatabaseSettings settings, Path data) {
    var sql = sqlCause(e);
    if (sql != null && sql.getErrorCode() == H2_ALREADY_OPEN) {
      return inUse(data, e);
    }
    if (String.valueOf(sql).contains("No space left")) {
      return new StorageException(
          Reason.DISK_FULL,
          "No room is left for the data folder " + data + ": free some space and try again.",
          e);
    }
    var file = JournalFile.of(settings, data);
    if (file != null && sql != null && isDamage(sql)) {
      return new StorageException(Reason.LOST, file.damaged(JournalFile.firstLine(sql)), e);
    }
    if (!settings.isEmbedded() && e instanceof PoolInitializationException) {
      return new StorageException(
          Reason.UNREACHABLE,
          "The database " + settings.url() + " does not answer: " + e.getMessage(),
          e);
    }
    return new StorageException(
        Reason.OTHER, "The database " + settings.url() + " cannot be used: " + e.getMessage(), e);
  }

  private static boolean isDamage(SQLException e) {
    if (DAMAGED.contains(e.getErrorCode())) return true;
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof EOFException) return true;
    }
    return false;
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) return sql;
    }
    return null;
  }
}
