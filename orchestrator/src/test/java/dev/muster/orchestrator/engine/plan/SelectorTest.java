package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.orchestrator.engine.instruction.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WORKER_014                    | true
          worker_014                    | true
          WORKER_14                     | true
          WORKER_013                    | false
          WORKER_001-014                | true
          WORKER_010-WORKER_020         | true
          WORKER_015-020                | false
          WORKER_001,WORKER_014         | true
          wave=2                        | true
          wave=1-3                      | true
          wave=3                        | false
          wave=2-                       | true
          priority=4                    | true
          priority=1-3                  | false
          phase=3                       | true
          phase=3.2                     | true
          phase=3.1                     | false
          phase=1-3                     | true
          phase=4-                      | false
          phase=1-                      | true
          tag=docker                    | true
          tag=DOCKER                    | true
          tag=sql                       | false
          unplaced                      | false
          'tag=sql, wave=9 , phase=3'   | true
          """)
  void chooses(String expression, boolean chosen) {
    var instruction =
        Sample.of(14)
            .metadata("Priority", "4")
            .metadata("Phase", "3.2 - Scanners")
            .metadata("Tags", "scan, docker")
            .compile();

    assertThat(Selector.parse(expression).matches(instruction, 2)).isEqualTo(chosen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "WORKER_",
        "WORKER_1-",
        "WORKER_020-001",
        "wave=",
        "wave=x",
        "wave=3-1",
        "phase=x",
        "phase=1.2.3",
        "tag=",
        "colour=red",
        "WORKER_001,,WORKER_002",
        "WORKER_001;WORKER_002"
      })
  void refusesWhatItDoesNotKnowAndSaysWhatItExpects(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selector.parse(expression))
        .withMessageContaining("expected");
  }
}
