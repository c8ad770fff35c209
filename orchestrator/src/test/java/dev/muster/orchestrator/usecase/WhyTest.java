package dev.muster.orchestrator.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.pekko.pattern.AskTimeoutException;
import org.junit.jupiter.api.Test;

class WhyTest {
  @Test
  void noNameOfJavaIsInIt() {
    assertThat(Why.of(new FileSystemException("/w/out", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(Why.of(new AccessDeniedException("/w/out"))).isEqualTo("permission is denied");
    assertThat(Why.of(new NoSuchFileException("/w/a"))).isEqualTo("there is no /w/a");
    assertThat(Why.of(new AskTimeoutException("Ask timed out on [EntityRef(…)]")))
        .contains("busy")
        .doesNotContain("EntityRef");
    assertThat(Why.of(new IOException("not in GZIP format"))).isEqualTo("not in GZIP format");
    assertThat(Why.of(new EOFException())).isEqualTo("it ends in the middle");
  }
}
