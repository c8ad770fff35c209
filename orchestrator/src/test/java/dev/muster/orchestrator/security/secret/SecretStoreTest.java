package dev.muster.orchestrator.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStoreTest {
  private static final String VALUE = "a value nobody is told";

  @TempDir private Path data;
  @TempDir private Path config;
  private Database database;
  private Path file;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.embedded(data), data);
    file = config.resolve("muster/secrets.key");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private SecretStore store(@Nullable String key) {
    return new SecretStore(
        database.source(),
        new SecretKeyFile(key, file),
        () -> Instant.parse("2026-01-01T00:00:00Z"));
  }

  private void sql(String text) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(text);
    }
  }

  @Test
  void ofManyWhoMakeTheKeyAtOnceAllHaveTheSame() throws Exception {
    for (var round = 0; round < 20; round++) {
      var made = config.resolve("round-" + round + "/secrets.key");
      var keys =
          IntStream.range(0, 8)
              .parallel()
              .mapToObj(_ -> {
                try {
                  return HexFormat.of().formatHex(new SecretKeyFile(null, made).readOrCreate());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
              .distinct();
      assertThat(keys).hasSize(1);
      try (var left = Files.list(made.getParent())) {
        assertThat(left).containsExactly(made);
      }
    }
  }

  @Test
  void aValueComesBackToWhoHasTheKey() throws Exception {
    store(null).set("A_KEY", VALUE, "operator");
    assertThat(store(null).reveal("A_KEY")).isEqualTo(VALUE);
    assertThat(store(null).reveal("B_KEY")).isNull();
    store(null).set("A_KEY", VALUE + "2", "operator");
    assertThat(store(null).reveal("A_KEY")).isEqualTo(VALUE + "2");
    assertThat(store(null).all()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(store(null).delete("A_KEY")).isTrue();
    assertThat(store(null).delete("A_KEY")).isFalse();
  }

  @Test
  void theDatabaseAloneTellsNothing() throws Exception {
    store(null).set("A_KEY", VALUE, "operator");
    database.close();
    try (var files = Files.list(data)) {
      for (var it : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(it, StandardCharsets.ISO_8859_1)).doesNotContain(VALUE);
      }
    }
  }

  @Test
  void anotherKeyOpensNothingAndSaysSo() {
    store("ab".repeat(32)).set("A_KEY", VALUE, "operator");
    assertThat(store("ab".repeat(32)).reveal("A_KEY")).isEqualTo(VALUE);
    assertThatThrownBy(() -> store("cd".repeat(32)).reveal("A_KEY"))
        .isInstanceOf(SecretStore.Unusable.class)
        .hasMessageContaining("another key");
    assertThatThrownBy(() -> store(null).reveal("A_KEY")).hasMessageContaining("not there");
  }

  @Test
  void noTextHoldsWhatIsKeptInAnyFormItIsPrintedIn() {
    store("ab".repeat(32)).set("A_KEY", VALUE, "operator");
    var bytes = VALUE.getBytes(StandardCharsets.UTF_8);
    var said =
        String.join(
            " ",
            VALUE,
            URLEncoder.encode(VALUE, StandardCharsets.UTF_8),
            Base64.getEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            "another key");

    // The last letter of Base64 is told by what follows, too.
    assertThat(store("ab".repeat(32)).forms(List.of("another key")).without(said))
        .matches("\\*{3} \\*{3} \\*{3}.? \\*{3} \\*{3}");
    assertThatThrownBy(() -> store("cd".repeat(32)).forms(List.of()))
        .isInstanceOf(SecretStore.Unusable.class);
  }

  @Test
  void aValueCannotBePutInAnothersPlace() throws Exception {
    store(null).set("A_KEY", VALUE, "operator");
    store(null).set("B_KEY", "another value of it", "operator");
    sql(
        "UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE name = 'A_KEY') WHERE name ="
            + " 'B_KEY'");
    assertThatThrownBy(() -> store(null).reveal("B_KEY")).isInstanceOf(SecretStore.Unusable.class);
  }

  @Test
  void aKeyThatOthersMayReadIsNotUsed() throws Exception {
    store(null).set("A_KEY", VALUE, "operator");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> store(null).reveal("A_KEY")).hasMessageContaining("chmod 600");
  }

  @Test
  void whatCannotBeToldFromOtherTextIsNoSecret() {
    assertThat(SecretStore.refusal("short")).contains("8 characters");
    assertThat(SecretStore.refusal("x".repeat(100_000))).contains("bytes");
    assertThat(SecretStore.refusal(VALUE)).isNull();
  }
}
