package dev.muster.cli.postgres;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What lies in the folder of a local server.
record PostgresFolder(Path path) {
  static final String USER = "muster";
  static final String DATABASE = "muster";

  private static final Duration INIT_MAX = Duration.ofMinutes(2);
  private static final long FREE_BYTES_MIN = 256L << 20;
  private static final int LOG_BYTES_SHOWN_MAX = 8_192;

  /// Five nodes hold up to 14 connections each, and an operator may want to look. Only loopback,
  /// and no socket file, whose path would be too long in a deep folder.
  private static final String CONFIGURATION =
      """

      # Of Muster
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      password_encryption = 'scram-sha-256'
      max_connections = 150
      shared_buffers = 64MB
      max_wal_size = 256MB
      wal_level = minimal
      max_wal_senders = 0
      fsync = on
      synchronous_commit = on
      jit = off
      timezone = 'UTC'
      log_timezone = 'UTC'
      log_line_prefix = '%m [%p] '
      """;

  Path data() {
    return path.resolve("data");
  }

  Path log() {
    return path.resolve("server.log");
  }

  Path portFile() {
    return path.resolve("port");
  }

  private Path passwordFile() {
    return path.resolve("password");
  }

  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  /// Null before the first start.
  @Nullable Integer port() {
    try {
      var text = Files.readString(portFile()).strip();
      return text.matches("[1-9][0-9]{0,4}") ? Integer.valueOf(text) : null;
    } catch (IOException _) {
      return null;
    }
  }

  /// Nobody else's business, and PostgreSQL insists on it for its data.
  void create() throws IOException {
    Files.createDirectories(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (port() == null) {
      Files.writeString(portFile(), Integer.toString(anyFreePort()));
    }
  }

  /// Makes the data folder when there is none; one that was cut off half-way is made anew.
  void init(Programs programs) throws IOException {
    if (Files.exists(data().resolve("PG_VERSION"))) return;
    LocalPostgres.requireRoom(path, FREE_BYTES_MIN, "PostgreSQL");
    if (!Files.exists(passwordFile())) writePassword();
    var part = path.resolve("data.part");
    Binaries.remove(part);
    var ended =
        programs.run(
            INIT_MAX,
            "initdb",
            List.of(
                "--pgdata=" + part,
                "--username=" + USER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions"));
    if (!ended.good()) {
      throw new Refusal(
          Exit.FAILED,
          "PostgreSQL cannot make its data folder " + part + ":\n" + ended.output(),
          "use a server of your own with --db URL");
    }
    Files.writeString(part.resolve("postgresql.conf"), CONFIGURATION, StandardOpenOption.APPEND);
    Files.move(part, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void writePassword() throws IOException {
    var secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    var part = path.resolve("password.part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, HexFormat.of().formatHex(secret) + "\n");
    Files.move(part, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  /// The port of this server. Chosen once: every node knows it.
  ///
  /// @throws Refusal when somebody else has taken it
  int freePort() {
    var port = port();
    if (port != null && isFree(port)) return port;
    throw new Refusal(
        Exit.CONFLICT,
        "expected port "
            + port
            + " of 127.0.0.1 to be free for PostgreSQL, but another process"
            + " listens there",
        "end that process, or write a free port into " + portFile());
  }

  /// Below the range from which the system gives out ports by itself, so that it stays free while
  /// the server is down.
  static int anyFreePort() {
    var random = new SplittableRandom();
    for (var tries = 0; tries < 1_000; tries++) {
      var port = random.nextInt(20_000, 32_000);
      if (isFree(port)) return port;
    }
    throw new Refusal(Exit.FAILED, "no port from 20000 to 32000 is free", null);
  }

  static boolean isFree(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  long logSize() {
    try {
      return Files.size(log());
    } catch (IOException _) {
      return 0;
    }
  }

  /// What the server has said since its log had this size, the end of it when that is much.
  String logSince(long size) {
    try (var file = new RandomAccessFile(log().toFile(), "r")) {
      var from = Math.max(size, file.length() - LOG_BYTES_SHOWN_MAX);
      var bytes = new byte[(int) Math.max(0, file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }
}
