package dev.muster.orchestrator.journal.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.storage.StorageException.Reason;
import dev.muster.protocol.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/// The open database: a small pool for everything but the journal plugin, which has its own, and
/// for what says that this node lives, which must not wait behind somebody who reads.
public final class Database implements AutoCloseable {
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
      throw StorageProblems.explain(e, settings, data);
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
      throw StorageProblems.explain(e, settings, data);
    }
  }

  private static void requirePlain(JournalFile file, Path data) {
    try {
      var problem = file.unsafe();
      if (problem != null) throw new StorageException(Reason.UNSAFE, problem, null);
    } catch (JournalDefinitions.FileInUse e) {
      throw StorageProblems.inUse(data, e);
    } catch (MVStoreException e) {
      requireNothingLost(file.damaged(JournalFile.firstLine(e)), e);
    }
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
        if (!StorageProblems.isPassing(e)) throw StorageProblems.explain(e, settings, Path.of("."));
        var pause = RETRIES.pauseAfter(failures);
        waits.accept(
            "the database %s does not answer: %s; trying again in %d s"
                .formatted(settings.url(), StorageProblems.rootMessage(e), pause.toSeconds()));
        Thread.sleep(pause);
      }
    }
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

  /// Lets go of the pages of its file that the embedded database keeps in memory: what is asked for
  /// afterwards is read again.
  public void forgetPages() {
    if (!settings.isEmbedded()) return;
    try (var connection = source.getConnection()) {
      EmbeddedFile.forgetPages(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the pages of the database cannot be forgotten", e);
    }
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
      throw StorageProblems.unwritable(data, e);
    }
  }
}
