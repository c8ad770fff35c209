package dev.muster.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final URI HERE = URI.create("http://127.0.0.1:7420");
  private static final URI THERE = URI.create("https://muster.example");

  @TempDir private Path folder;

  @Test
  void aLoginIsKeptBesideTheOthersUntilItsTime() throws IOException {
    var logins = new Logins(folder.resolve("muster/logins.json"));
    logins.keep(HERE, "one", NOW.plusSeconds(60));
    logins.keep(THERE, "two", NOW.plusSeconds(60));
    assertThat(logins.token(HERE, NOW)).isEqualTo("one");
    assertThat(logins.token(THERE, NOW)).isEqualTo("two");
    assertThat(logins.token(THERE, NOW.plusSeconds(60))).isNull();
    assertThat(logins.forget(HERE)).isTrue();
    assertThat(logins.token(HERE, NOW)).isNull();
  }

  @Test
  void whatCannotBeReadIsNotOverwritten() throws IOException {
    var file = Files.writeString(folder.resolve("logins.json"), "{\"http://other\": {\"tok");
    var logins = new Logins(file);
    assertThat(logins.token(HERE, NOW)).isNull();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> logins.keep(HERE, "one", NOW))
        .withMessageContaining("found no JSON");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> logins.forget(HERE));
    assertThat(file).content().startsWith("{\"http://other");
  }
}
