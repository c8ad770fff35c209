package dev.muster.cli.postgres;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.usecase.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server on loopback that outlives the command that started it. Everything it needs
/// lies in one folder: its data, its password (mode 0600), its port and its log.
///
/// Stopping, killing and starting it again keep the data: every commit is forced to the disk.
public final class LocalPostgres {
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int STARTS_MAX = 40;

  private final PostgresFolder folder;
  private final Path cache;

  /// @param folder made when it is missing
  /// @param cache where the programs are unpacked; other clusters of this user share it
  public LocalPostgres(Path folder, Path cache) {
    this.folder = new PostgresFolder(folder.toAbsolutePath().normalize());
    this.cache = cache;
  }

  /// @param pid null when it does not run
  public record Status(boolean running, @Nullable Long pid, @Nullable Integer port) {}

  public Status status() {
    var server = ServerProcess.of(folder.data());
    return new Status(server != null, server == null ? null : server.pid(), folder.port());
  }

  /// For JDBC, without the password.
  ///
  /// @throws Refusal when it was never started
  public String url() {
    var port = folder.port();
    if (port == null) throw neverStarted();
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresFolder.DATABASE;
  }

  public String user() {
    return PostgresFolder.USER;
  }

  /// @throws Refusal when it was never started
  public String password() {
    try {
      return folder.password();
    } catch (IOException e) {
      throw neverStarted();
    }
  }

  private Refusal neverStarted() {
    return new Refusal(
        Exit.NOT_FOUND,
        "there is no PostgreSQL in " + folder.path() + " yet",
        "start it with: `muster cluster up`");
  }

  /// Returns once it answers. Nothing happens when it runs already.
  ///
  /// @throws Refusal when it cannot be started, saying why
  public void start() {
    if (ServerProcess.of(folder.data()) == null) {
      try {
        folder.create();
        var programs = new Programs(Binaries.unpacked(cache), folder.path());
        folder.init(programs);
        launch(programs);
      } catch (IOException e) {
        throw new Refusal(
            Exit.NOT_ALLOWED,
            "expected to be able to write " + folder.path() + ", found: " + Why.of(e),
            "make it writable for this user, or choose another folder with --data DIR",
            e);
      }
    }
    new FirstContact(url(), user(), password()).await();
  }

  /// After a kill the children of the old server need a moment to notice; until then a new one
  /// refuses to start.
  private void launch(Programs programs) {
    var port = folder.freePort();
    for (var tries = 1; ; tries++) {
      var log = folder.logSize();
      var ended =
          programs.run(
              START_MAX,
              "pg_ctl",
              List.of(
                  "-D",
                  folder.data().toString(),
                  "-l",
                  folder.log().toString(),
                  "-o",
                  "-p " + port,
                  "-w",
                  "-t",
                  "60",
                  "start"));
      if (ended.good()) return;
      var said = folder.logSince(log);
      if (tries >= STARTS_MAX || !leftovers(said)) throw refused(said + "\n" + ended.output());
      sleep();
    }
  }

  private static boolean leftovers(String said) {
    return said.contains("pre-existing shared memory block")
        || said.contains("lock file \"postmaster.pid\" already exists");
  }

  private Refusal refused(String said) {
    var lines = said.strip().lines().toList();
    var shown = String.join("\n  ", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    var taken = said.contains("Address already in use");
    return new Refusal(
        taken ? Exit.CONFLICT : Exit.FAILED,
        (taken
                ? "expected port "
                    + folder.port()
                    + " of 127.0.0.1 to be free for PostgreSQL, but"
                    + " another process listens there:"
                : "PostgreSQL does not start:")
            + "\n  "
            + shown,
        taken
            ? "end that process, or write a free port into " + folder.portFile()
            : "its whole log is " + folder.log());
  }

  /// Returns once it has ended in good order. Nothing happens when it does not run.
  public void stop() {
    var server = ServerProcess.of(folder.data());
    if (server == null) return;
    var programs = new Programs(Binaries.unpacked(cache), folder.path());
    var data = folder.data().toString();
    var ended =
        programs.run(
            STOP_MAX, "pg_ctl", List.of("-D", data, "-m", "fast", "-w", "-t", "20", "stop"));
    if (!ended.good() && !server.gone()) {
      // Still safe: the next start goes through the log of what was committed.
      programs.run(
          STOP_MAX, "pg_ctl", List.of("-D", data, "-m", "immediate", "-w", "-t", "20", "stop"));
    }
    awaitEnd(server);
  }

  /// As if its plug were pulled. Nothing happens when it does not run.
  public void kill() {
    var server = ServerProcess.of(folder.data());
    if (server == null) return;
    server.kill();
    awaitEnd(server);
  }

  public void restart() {
    stop();
    start();
  }

  private static void awaitEnd(ServerProcess server) {
    for (var looks = 0; looks < 300 && !server.gone(); looks++) sleep();
    if (!server.gone()) {
      throw new Refusal(
          Exit.FAILED,
          "PostgreSQL (process " + server.pid() + ") does not end",
          "end that process yourself");
    }
  }

  static void requireRoom(Path where, long bytesMin, String what) throws IOException {
    var free = Files.getFileStore(where).getUsableSpace();
    if (free < bytesMin) {
      throw new Refusal(
          Exit.FAILED,
          "expected at least %d MiB of free disk for %s in %s, found %d MiB"
              .formatted(bytesMin >> 20, what, where, free >> 20),
          "free some space, or choose another disk with --data DIR; nothing was changed");
    }
  }

  static void sleep() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Exit.INTERRUPTED, "interrupted", null, e);
    }
  }
}
