package dev.muster.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server that can be stopped in every way, and started again on what it has.
///
/// It does not sync to the disk: processes die here, the machine does not, and what the kernel has
/// taken survives a `kill -9`.
public final class Postgres implements AutoCloseable {
  public static final int PORT = 5_433;
  private static final String USER = "muster";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Place place;
  private final Path folder;
  private final Path log;
  private @Nullable Process process;

  /// How a server ends.
  public enum Stop {
    /// Ends its sessions and writes everything down.
    FAST,
    /// Drops everything; the next start recovers.
    IMMEDIATE,
    KILL
  }

  /// Nothing runs yet.
  public Postgres(Place place, Path folder) {
    this.place = place;
    this.folder = folder.resolve("db");
    this.log = folder.resolve("postgres.log");
    try {
      Files.createDirectories(folder);
      var made =
          Commands.tried(
              asAnother(
                  List.of(
                      PostgresFiles.folder().resolve("bin/initdb").toString(),
                      "-D",
                      this.folder.toString(),
                      "-A",
                      "trust",
                      "-U",
                      USER,
                      "-E",
                      "UTF8",
                      "--locale=C",
                      "--no-sync")));
      if (!made.good()) throw new IOException("initdb: " + made.output());
      Files.writeString(
          this.folder.resolve("pg_hba.conf"),
          "host all all 127.0.0.0/8 trust\nhost all all 10.213.0.0/16 trust\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// PostgreSQL does not run as root; in a user namespace of its own it is nobody in particular,
  /// with the same files.
  private static List<String> asAnother(List<String> command) {
    var line = new ArrayList<String>();
    if (root()) line.addAll(List.of("unshare", "--user", "--"));
    line.addAll(command);
    return line;
  }

  private static boolean root() {
    return System.getProperty("user.name", "").equals("root");
  }

  /// Returns when it answers.
  public synchronized void start() {
    if (process != null && process.isAlive()) return;
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      launch();
      while (process != null && process.isAlive()) {
        if (answers()) return;
        if (System.nanoTime() > until) throw failed();
        pause();
      }
      // After a kill its children may hold the shared memory for another moment.
      if (System.nanoTime() > until) throw failed();
      pause();
    }
  }

  private void launch() {
    var line = new ArrayList<>(place.prefix());
    line.addAll(
        asAnother(
            List.of(
                PostgresFiles.folder().resolve("bin/postgres").toString(),
                "-D",
                folder.toString(),
                "-p",
                Integer.toString(PORT),
                "-c",
                "listen_addresses=" + place.listen(),
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "max_connections=100")));
    try {
      process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IllegalStateException failed() {
    try {
      return new IllegalStateException(
          "PostgreSQL did not start within " + PATIENCE + ":\n" + Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try (var connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException _) {
      return false;
    }
  }

  /// Returns when it has ended.
  public synchronized void stop(Stop how) {
    var running = process;
    if (running == null || !running.isAlive()) return;
    var signal =
        switch (how) {
          case FAST -> "INT";
          case IMMEDIATE -> "QUIT";
          case KILL -> "KILL";
        };
    Signals.send(running.pid(), signal);
    try {
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) running.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// For the nodes.
  public String url() {
    return "jdbc:postgresql://" + place.address() + ":" + PORT + "/postgres";
  }

  public String user() {
    return USER;
  }

  /// For the checker: past every link that may be cut.
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + place.listen() + ":" + PORT + "/postgres?connectTimeout=2",
        USER,
        "");
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    stop(Stop.IMMEDIATE);
  }
}
