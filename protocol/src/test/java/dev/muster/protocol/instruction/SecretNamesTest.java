package dev.muster.protocol.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretNamesTest {
  @ParameterizedTest
  @CsvSource({
    "DEPLOY_KEY, true", "A, true", "TOKEN2, true", "PATH, false", "LD_PRELOAD, false",
    "BASH_ENV, false", "MUSTER_TARGET, false", "PYTHON_PATH, false", "lower, false", "A-B, false",
    "1A, false", "'', false", "HOME, false", "GIT_SSH_COMMAND, false"
  })
  void aNameNeverSaysHowAScriptIsRun(String name, boolean isName) {
    assertThat(SecretNames.isName(name)).isEqualTo(isName);
  }
}
