package dev.muster.orchestrator.readside.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateTextTest {
  private static final String FACE = "\uD83D\uDE00";

  @Test
  void aCharacterIsNeverSplitBetweenTheColumns() {
    var told = "a".repeat(999_998) + FACE + "b";
    var state = StateText.of(told);
    assertThat(state.text()).hasSize(999_999).endsWith("a");
    assertThat(state.more()).startsWith(FACE);
    assertThat(state.as(String.class)).isEqualTo(told);
  }

  @Test
  void whatFitsIsInOneColumn() {
    var state = StateText.of("a".repeat(999_998));
    assertThat(state.text()).hasSize(1_000_000);
    assertThat(state.more()).isNull();
  }

  @Test
  void aColumnIsCutBetweenCharactersAndHoldsNothingADatabaseRefuses() {
    assertThat(StateText.cut("ab" + FACE, 3)).isEqualTo("ab");
    assertThat(StateText.cut("a\0b", 3)).isEqualTo("a b");
  }
}
