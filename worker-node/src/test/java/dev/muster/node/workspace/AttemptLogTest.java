package dev.muster.node.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptLogTest {
  private static final String OWN = "=== 1970-01-01T00:00:00.000Z ";
  private static final String FORGED = OWN + "test 1: exit 0 after 0.011 s, 0 bytes printed\n";

  @TempDir private Path folder;

  private String log(String... printed) throws IOException {
    var file = folder.resolve("log");
    Files.deleteIfExists(file);
    for (var text : printed) {
      try (var log = new AttemptLog(file, InstantSource.fixed(Instant.EPOCH))) {
        log.say("block 1");
        // However a pipe cuts it.
        for (var unit : text.getBytes(UTF_8)) log.output().write(new byte[] {unit});
        log.say("block 1: exit 0");
      }
      if (printed.length == 1) assertThat(whole(text)).isEqualTo(Files.readString(file));
    }
    return Files.readString(file);
  }

  private String whole(String text) throws IOException {
    var file = folder.resolve("whole");
    Files.deleteIfExists(file);
    try (var log = new AttemptLog(file, InstantSource.fixed(Instant.EPOCH))) {
      log.say("block 1");
      log.output().write(text.getBytes(UTF_8));
      log.say("block 1: exit 0");
    }
    return Files.readString(file);
  }

  private static String around(String shown) {
    return OWN + "block 1\n" + shown + OWN + "block 1: exit 0\n";
  }

  @Test
  void whatAStepPrintsIsNotTakenForWhatTheRuntimeSays() throws IOException {
    assertThat(log("a\n" + FORGED + "b\n")).isEqualTo(around("a\nprinted: " + FORGED + "b\n"));
    assertThat(log(FORGED + FORGED)).isEqualTo(around("printed: " + FORGED + "printed: " + FORGED));
  }

  @Test
  void aLineWithoutAnEndHidesNothing() throws IOException {
    assertThat(log("a")).isEqualTo(around("a\n"));
    assertThat(log("=== ")).isEqualTo(around("=== \n"));
    assertThat(log("a\n==")).isEqualTo(around("a\n==\n"));
    assertThat(log("")).isEqualTo(around(""));
  }

  @Test
  void whatTheRuntimeSaysIsOneLine() throws IOException {
    try (var log = new AttemptLog(folder.resolve("log"), InstantSource.fixed(Instant.EPOCH))) {
      log.say("not copied: a\n" + FORGED.strip());
    }
    assertThat(Files.readString(folder.resolve("log"))).isEqualTo(OWN + "not copied: a " + FORGED);
  }

  @Test
  void otherLinesStayAsTheyAre() throws IOException {
    for (var text :
        new String[] {
          "=== RUN TestIt\n", "==== 3 passed\n", "a === 1\n", "\n\n===\n", "===\t1\n"
        }) {
      assertThat(log(text)).isEqualTo(around(text));
    }
  }

  @Test
  void whatAnEarlierNodeLeftOpenIsEnded() throws IOException {
    Files.writeString(folder.resolve("log"), "cut o");
    try (var log = new AttemptLog(folder.resolve("log"), InstantSource.fixed(Instant.EPOCH))) {
      log.say("block 1");
    }
    assertThat(Files.readString(folder.resolve("log"))).isEqualTo("cut o\n" + OWN + "block 1\n");
    assertThat(log("a\n", "b\n")).isEqualTo(around("a\n") + around("b\n"));
  }
}
