package dev.muster.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.Spend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunWordsTest {
  private static final Spend.Sum PRICED = new Spend.Sum(3, 100, 20, 0.5, 0);
  private static final Spend.Sum UNPRICED = new Spend.Sum(2, 10, 5, 0, 2);

  @Test
  void oneProfileIsOnlyNamed() {
    assertThat(RunWords.spend(new Spend(PRICED, Map.of("strong", PRICED))))
        .isEqualTo("3 turns, 120 tokens, $0.5000 (strong)");
  }

  @Test
  void whatHasNoPriceIsNotCalledFree() {
    assertThat(RunWords.spend(new Spend(UNPRICED, Map.of("REPLAYED", UNPRICED))))
        .isEqualTo("2 turns, 15 tokens, no price known (REPLAYED)");
    var both = new Spend.Sum(5, 110, 25, 0.5, 2);
    assertThat(RunWords.spend(new Spend(both, Map.of("a", PRICED, "b", UNPRICED))))
        .isEqualTo(
            "5 turns, 135 tokens, $0.5000 and 2 turns without a price"
                + " (a $0.5000, b no price known)");
  }

  @Test
  void aWaveThatWasNeverReleasedSaysWhy() {
    assertThat(RunWords.notReleased(wave(1, 2, false))).isEqualTo("not yet");
    assertThat(RunWords.notReleased(wave(2, 2, true))).isEqualTo("carried over");
    assertThat(RunWords.notReleased(wave(1, 2, true))).isEqualTo("never");
  }

  private static RunView.Wave wave(int carriedOver, int total, boolean isSettled) {
    var settledAt = isSettled ? Instant.EPOCH : null;
    var settled = isSettled ? total : carriedOver;
    return new RunView.Wave(
        1,
        "Build",
        total,
        carriedOver,
        0,
        carriedOver,
        settled,
        null,
        null,
        settledAt,
        0,
        List.of(),
        Spend.Sum.NONE);
  }
}
