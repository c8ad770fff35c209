package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WORKER_019 complete                                    | WORKER_019
          **Previous workers:** WORKER_018, WORKER_019           | WORKER_018;WORKER_019
          ✅ WORKER_056 complete: `analyze_section()` exists     | WORKER_056
          WORKER_088-093 complete                                | WORKER_088-093
          WORKER_088–093                                         | WORKER_088-093
          WORKER_088..093                                        | WORKER_088-093
          WORKER_088 - WORKER_093                                | WORKER_088-093
          WORKER_088 to WORKER_093                               | WORKER_088-093
          WORKER_088 through 093                                 | WORKER_088-093
          WORKER_019 - 20 minutes of waiting                     | WORKER_019
          WORKER_019 to 5 servers                                | WORKER_019
          Worker 019 complete                                    | WORKER_019
          Phase 1-2 complete (WORKER_001-087 executed)           | WORKER_001-087;phase 1-2
          Phase 4.8 complete (false positives done)              | phase 4.8
          Phases 1, 2 and 4 complete                             | phase 1;phase 2;phase 4
          **Required:** Phase 1 complete: `x.py` exists          | phase 1
          No prior workers: this is WORKER_001                   | ''
          **No prior workers:** This is WORKER_001               | ''
          **Previous workers:** None                             | ''
          None (WORKER_004 comes later)                          | ''
          **Template:** /x/ai-workers/WORKER_001_Schema.md       | ''
          **Template:** ai/WORKER_001.md                         | ''
          See WORKER_001.md                                      | ''
          **Next worker:** WORKER_020                            | ''
          **Blocks:** WORKER_030                                 | ''
          `x.py` (as of Phase 1)                                 | ''
          """)
  void aLineNames(String line, String expected) {
    var wanted = Arrays.stream(expected.split(";")).filter(text -> !text.isEmpty()).toList();

    assertThat(read("- " + line)).containsExactlyElementsOf(wanted);
  }

  /// Every way of writing in `dependency-lines.txt`.
  @TestFactory
  Stream<DynamicTest> whatIsWrittenIsReadOrReported() throws IOException {
    try (var lines = DependencyReaderTest.class.getResourceAsStream("/dependency-lines.txt")) {
      var text = new String(requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("# ") && !line.isBlank())
          .map(line ->
              DynamicTest.dynamicTest(line, () -> assertThat(answer(line)).isEqualTo(line)));
    }
  }

  private static String answer(String line) {
    var text = line.substring(0, line.lastIndexOf(" =>"));
    var instruction =
        Sample.of(99)
            .metadata("Phase", "7.2")
            .section("DEPENDENCIES", text.replace("\\n", "\n"))
            .compile();
    var references =
        instruction.dependencies().stream()
            .map(reference -> reference.text().replace("WORKER_", "").replace("phase ", "p"))
            .collect(joining(","));
    var unclear =
        instruction.findings().stream().anyMatch(f -> f.code() == Code.UNCLEAR_DEPENDENCY);
    return (text + " => " + references + (unclear ? "!" : "")).stripTrailing();
  }

  @Test
  void whatStandsUnderOptionalIsNotWaitedFor() {
    assertThat(read("**Optional:**\n- WORKER_003\n\n**Required:**\n- WORKER_004"))
        .containsExactly("WORKER_004");
  }

  @Test
  void fencedTextNamesNobody() {
    assertThat(read("- WORKER_002\n```bash\ngrep WORKER_003 x\n```")).containsExactly("WORKER_002");
  }

  @Test
  void theMetadataLineCountsToo() {
    var instruction =
        Sample.of(9).without("DEPENDENCIES").metadata("Dependencies", "WORKER_069 complete");

    assertThat(instruction.compile().dependencies())
        .extracting(Reference::text)
        .containsExactly("WORKER_069");
  }

  private static List<String> read(String section) {
    return Sample.of(99).section("DEPENDENCIES", section).compile().dependencies().stream()
        .map(Reference::text)
        .toList();
  }
}
