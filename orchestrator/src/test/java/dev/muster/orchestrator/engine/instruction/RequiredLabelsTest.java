package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredLabelsTest {
  private static List<String> labels(Sample sample) {
    return Objects.requireNonNull(sample.compile().compiled()).labels();
  }

  private static Sample requiring(String labels) {
    return Sample.of(1)
        .section("RESOURCE_REQUIREMENTS", "- **CPU:** 1 core\n- **Labels:** " + labels);
  }

  @Test
  void anInstructionThatNamesNoneRunsAnywhere() {
    assertThat(labels(Sample.of(1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          docker                    | docker
          python3, docker           | docker;python3
          docker; gpu               | docker;gpu
          `docker`, "python3.11"    | docker;python3.11
          [docker, gpu]             | docker;gpu
          Docker, GPU.              | docker;gpu
          docker, docker            | docker
          none                      | ''
          None required             | ''
          -                         | ''
          """)
  void aLineNames(String line, String expected) {
    var wanted = Arrays.stream(expected.split(";")).filter(text -> !text.isEmpty()).toList();
    assertThat(labels(requiring(line))).containsExactlyElementsOf(wanted);
  }

  @Test
  void metadataAndTheSectionAddUp() {
    assertThat(labels(requiring("gpu").metadata("Labels", "docker")))
        .containsExactly("docker", "gpu");
  }

  @Test
  void anOrdinaryItemOfTheSectionNamesNothing() {
    var plain = "- **Compute:** Local Python 3.9+ interpreter\n- **Network:** None required";
    assertThat(labels(Sample.of(1).section("RESOURCE_REQUIREMENTS", plain))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "docker, any", "docker and python3", "a+b", "x/y", "TBD!", ","})
  void whatCannotBeReadMakesTheFileUnusableAtItsLine(String line) {
    var instruction = requiring(line).compile();
    assertThat(instruction.compiled()).isNull();
    var finding =
        instruction.findings().stream()
            .filter(it -> it.code() == Code.INVALID_LABEL)
            .findFirst()
            .orElseThrow();
    var lines = requiring(line).text().lines().toList();
    assertThat(lines.get(finding.line() - 1)).isEqualTo("- **Labels:** " + line);
    assertThat(finding.fix()).contains("docker, python3");
  }

  @Test
  void thereIsALimitToHowManyCanBeRequired() {
    var many = IntStream.range(0, 9).mapToObj(n -> "l" + n).collect(Collectors.joining(", "));
    assertThat(requiring(many).compile().findings())
        .anyMatch(it -> it.code() == Code.INVALID_LABEL && it.message().contains("at most 8"));
  }
}
