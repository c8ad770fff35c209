package dev.muster.cli.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.host.refusal.Refusal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
  /// Unpacked once for all tests of this build.
  static final Path CACHE = Path.of("target", "postgresql").toAbsolutePath();

  /// Made once, which is most of what each test would take; each begins with a server that is down.
  @TempDir static Path folder;

  private LocalPostgres postgres;

  private LocalPostgres server() {
    return new LocalPostgres(folder.resolve("a folder"), CACHE);
  }

  @BeforeEach
  void name() {
    postgres = server();
  }

  @AfterEach
  void stop() {
    postgres.kill();
  }

  @Test
  void whatWasCommittedOutlivesAStopAndAKill() throws Exception {
    assertThat(postgres.status().running()).isFalse();
    postgres.start();
    var first = postgres.status().pid();
    execute("CREATE TABLE kept (n INTEGER)");
    execute("INSERT INTO kept VALUES (1)");
    assertThat(commandLines()).doesNotContain(postgres.password());

    // Another command finds the same server, and starting it again changes nothing.
    server().start();
    assertThat(server().status().pid()).isEqualTo(first);

    server().kill();
    assertThat(postgres.status().running()).isFalse();
    postgres.start();
    assertThat(postgres.status().pid()).isNotEqualTo(first);
    execute("INSERT INTO kept VALUES (2)");

    var url = postgres.url();
    server().restart();
    assertThat(postgres.url()).isEqualTo(url);
    assertThat(rows()).isEqualTo(2);

    postgres.stop();
    postgres.stop();
    assertThat(postgres.status().running()).isFalse();
  }

  @Test
  void nobodyGetsInWithoutThePassword() {
    postgres.start();
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres.url(), "muster", "guessed").close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
    assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), "muster", "").close())
        .isInstanceOf(SQLException.class);
    assertThat(folder.resolve("a folder/password"))
        .satisfies(file -> assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
  }

  @Test
  void aPortThatWasTakenInTheMeantimeIsNamed() throws Exception {
    postgres.start();
    var port = postgres.status().port();
    postgres.stop();
    if (port == null) throw new AssertionError("it has a port once it has run");
    try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(postgres::start)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("expected port " + other.getLocalPort());
    }
    postgres.start();
    assertThat(postgres.status().running()).isTrue();
  }

  @Test
  void aMachineWithoutProgramsIsToldWhatToDo() {
    assertThat(Binaries.resource("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
    assertThat(Binaries.resource("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
    assertThat(Binaries.class.getResource("/" + Binaries.resource("Plan 9", "amd64"))).isNull();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
  }

  private void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rows() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM kept")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String commandLines() throws Exception {
    var lines = new StringBuilder();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        try {
          var line = Files.readAllBytes(process.resolve("cmdline"));
          lines.append(new String(line, StandardCharsets.UTF_8)).append(Arrays.hashCode(line));
        } catch (java.io.IOException _) {
          // It has ended meanwhile.
        }
      }
    }
    return lines.toString();
  }
}
