package dev.muster.orchestrator.security.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.protocol.proof.Office;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path folder;
  private KeyFiles files;

  @BeforeEach
  void files() throws Exception {
    files =
        new KeyFiles(folder.resolve("n.pem"), folder.resolve("n.key"), folder.resolve("ca.pem"));
    write(Authority.create(NOW));
  }

  @Test
  void whatIsWrittenIsReadAndNewFilesNeedNoRestart() throws Exception {
    var transport = new MutualTls(() -> NOW);
    transport.learn(files.current());
    var stranger = new MutualTls(() -> NOW);
    assertThat(Handshake.between(stranger, transport, "127.0.0.1")).isNotNull();
    stranger.learn(files.current());
    assertThat(Handshake.between(stranger, transport, "127.0.0.1")).isNull();

    write(Authority.create(NOW));
    try (var _ = KeyKeeper.start(files, List.of(transport), Duration.ofHours(1))) {
      assertThat(Handshake.between(stranger, transport, "127.0.0.1")).isNotNull();
    }
  }

  @Test
  void whatCannotBeReadIsSaidByItsName() throws Exception {
    Files.writeString(files.key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n");
    assertThatThrownBy(files::current)
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("n.key: expected `-----BEGIN PRIVATE KEY-----`");
    Files.writeString(files.authorities(), "nothing");
    Files.delete(files.certificate());
    assertThatThrownBy(files::current)
        .hasMessageContaining("cannot read")
        .hasMessageContaining("n.pem");
  }

  @Test
  void noKeyIsEverShown() throws Exception {
    assertThat(files.current().toString()).isEqualTo("NodeKeys[CN=a]");
    assertThat(Authority.create(NOW).toString()).startsWith("Authority[CN=Muster nodes");
  }

  private void write(Authority authority) throws Exception {
    var keys =
        authority.issue(
            "a",
            List.of("127.0.0.1"),
            Office.ORCHESTRATOR,
            YEAR,
            NOW,
            List.of(authority.certificate()));
    Files.writeString(files.certificate(), Pem.of(keys.chain().getFirst()));
    Files.writeString(files.key(), Pem.of(keys.key()));
    Files.writeString(files.authorities(), Pem.of(authority.certificate()));
  }
}
