package dev.muster.orchestrator.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.muster.protocol.agent.Cassette;
import dev.muster.protocol.agent.Cassette.Exchange;
import dev.muster.protocol.agent.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteFileTest {
  private static final Cassette TAPE =
      new Cassette(
          "ours",
          List.of(
              new Exchange(
                  "e".repeat(64),
                  "WORKER_001",
                  1,
                  "m",
                  "two\nlines",
                  List.of(new Entry.Call("c0", "write", "{\"path\":\"a\"}", null, "sig")),
                  false,
                  11,
                  7,
                  4)));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    assertThat(CassetteFile.read(file(CassetteFile.write(TAPE)))).isEqualTo(TAPE);
  }

  @Test
  void whatIsNoneIsRefusedWithItsLineAndWithoutItsText() throws IOException {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> CassetteFile.read(file("root:x:0:0")))
        .satisfies(it -> assertThat(it.getMessage()).contains(":1 ").doesNotContain("root:x"));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> CassetteFile.read(file("{\"cassette\":1}\n{\"text\":\"x\"}\n")))
        .withMessageContaining(":2 ");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> CassetteFile.read(folder.resolve("none")))
        .withMessageContaining("cannot be read");
  }

  @Test
  void whatNeverEndsIsRefusedUnread() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (var endless : new Path[] {pipe, Path.of("/dev/zero")}) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatExceptionOfType(Refusal.class)
                  .isThrownBy(() -> CassetteFile.read(endless))
                  .withMessageContaining("no regular file"));
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tape.jsonl"), text);
  }
}
