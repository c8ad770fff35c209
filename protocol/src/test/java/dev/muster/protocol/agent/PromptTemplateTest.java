package dev.muster.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
  private static final PromptTemplate TEMPLATE =
      PromptTemplate.parse(
          """
          You are {{worker}}.

          <!-- user -->
          # {{ title }}

          ## Inputs
          {{inputs}}

          ## Rules
          None.
          """);

  @Test
  void placesAreFilledInOnBothSidesOfTheDivider() {
    var values = Map.of("worker", "WORKER_001", "title", "Greet", "inputs", "- a.txt");

    assertThat(TEMPLATE.system(values)).isEqualTo("You are WORKER_001.");
    assertThat(TEMPLATE.user(values)).isEqualTo("# Greet\n\n## Inputs\n- a.txt\n\n## Rules\nNone.");
  }

  @Test
  void aSectionWhosePlacesStayEmptyIsLeftOut() {
    assertThat(TEMPLATE.user(Map.of("title", "Greet"))).isEqualTo("# Greet\n\n## Rules\nNone.");
  }

  @Test
  void whatIsFilledInIsNoTemplate() {
    var values = Map.of("title", "{{worker}} $1 \\", "worker", "WORKER_001");

    assertThat(TEMPLATE.user(values)).startsWith("# {{worker}} $1 \\");
  }

  @Test
  void aPlaceThatNobodyKnowsIsNamedWithItsLine() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> PromptTemplate.parse("<!-- user -->\n{{run}}"))
        .withMessageStartingWith("line 2: no place is called run");
  }

  /// Each may be as long as an instruction.
  @Test
  void aPlaceIsNamedAFewTimesOnly() {
    var often = "<!-- user -->\n" + "{{points}}\n".repeat(16);
    assertThat(PromptTemplate.parse(often).user(Map.of("points", "x"))).hasSize(31);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> PromptTemplate.parse(often + "{{ POINTS }}"))
        .withMessage("line 18: points is named more often than 16 times");
  }

  @Test
  void aTextWithoutTheDividerIsNoTemplate() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> PromptTemplate.parse("Do it."))
        .withMessageContaining("<!-- user -->");
  }

  @Test
  void theStandardPromptIsATemplate() {
    assertThat(PromptTemplate.parse(StandardPrompt.text()).user())
        .contains("{{boundaries}}", "{{tests}}", "{{lessons}}");
  }
}
