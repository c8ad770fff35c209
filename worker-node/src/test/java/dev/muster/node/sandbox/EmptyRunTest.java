package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyRunTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Ran 0 tests in 0.000s",
        "# tests 0",
        "\u2139 tests 0",
        "  0 passing (2ms)",
        "0 passing",
        "1..0",
        "1..0 # SKIP no tests",
      })
  void theseSayThatNothingRan(String line) {
    assertThat(emptyRun(line)).isEqualTo(line.strip());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Ran 10 tests in 0.000s",
        "Ran 1 test in 0.0 s",
        "# tests 03",
        "# tests 10",
        "10 passing (2ms)",
        "0 passings",
        "1..01",
        "1..10",
        "I say: Ran 0 tests in all",
        "",
      })
  void theseDoNot(String line) {
    assertThat(emptyRun(line)).isNull();
  }

  private static @Nullable String emptyRun(String line) {
    var lines = new OutputLines();
    var bytes = (line + "\nOK\n").getBytes(StandardCharsets.UTF_8);
    lines.accept(bytes, bytes.length);
    return lines.emptyRun();
  }
}
