package dev.muster.bench;

import dev.muster.cli.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A PostgreSQL of this benchmark alone, with its settings as they come: every commit is forced to
/// the disk. Every round gets an empty database; the first starts the server.
final class Server implements AutoCloseable {
  /// What a round cost the server; unlike a speed it can be compared on a machine that is busy.
  static final String CPU = "serverCpuMillis";

  private static final int MILLIS_PER_TICK = 10;
  private static final int BACKENDS_END_WITHIN_MILLIS = 200;

  private final Path data;
  private final LocalPostgres postgres;
  private int databases;

  Server(Path folder) {
    var cache = Path.of(System.getProperty("user.home"), ".cache", "muster");
    this.data = folder.resolve("data");
    this.postgres = new LocalPostgres(folder, cache);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // whoever measures may give up
  }

  String user() {
    return postgres.user();
  }

  String password() {
    return postgres.password();
  }

  /// Processor time of all backends that have ended.
  double cpuMillis() throws IOException, InterruptedException {
    Thread.sleep(BACKENDS_END_WITHIN_MILLIS);
    var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
    var stat = Files.readString(Path.of("/proc", pid, "stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return MILLIS_PER_TICK * (Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]));
  }

  /// @return the address of an empty database
  String create() throws IOException {
    postgres.start();
    var name = "round_" + ++databases;
    try (var connection = DriverManager.getConnection(postgres.url(), user(), password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      statement.execute("CHECKPOINT"); // what the round before has left is not this one's to write
    } catch (SQLException e) {
      throw new IOException("no database for a round: " + e.getMessage(), e);
    }
    return postgres.url().substring(0, postgres.url().lastIndexOf('/') + 1) + name;
  }

  @Override
  public synchronized void close() {
    if (postgres.status().running()) postgres.stop();
  }
}
