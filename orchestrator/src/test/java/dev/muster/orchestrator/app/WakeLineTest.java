package dev.muster.orchestrator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.app.WakeLine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WakeLineTest {
  private static final List<String> RUNS =
      IntStream.range(100, 600).mapToObj(i -> "run_" + i).toList();

  private final WakeLine line = new WakeLine();

  @Test
  void allAreWokenAFewAtATimeAndInTheirOrder() {
    line.found(RUNS, true);
    var woken = new ArrayList<String>();
    for (var turns = line.next(); !turns.isEmpty(); turns = line.next()) {
      assertThat(turns).hasSizeLessThanOrEqualTo(WakeLine.AT_ONCE_MAX).allMatch(Turn::remind);
      assertThat(line.next()).isEmpty();
      turns.forEach(turn -> woken.add(turn.run()));
      turns.forEach(turn -> line.woken(turn.run()));
    }
    assertThat(woken).isEqualTo(RUNS);
    assertThat(line.awake()).containsExactlyInAnyOrderElementsOf(RUNS);
  }

  @Test
  void whoIsAwakeGetsNoTurnUntilANodeIsLost() {
    line.found(List.of("run_1"), false);
    assertThat(line.next()).containsExactly(new Turn("run_1", false));
    line.woken("run_1");
    line.found(List.of("run_1", "run_2"), false);
    assertThat(line.next()).containsExactly(new Turn("run_2", false));
    line.woken("run_2");
    line.found(List.of("run_1", "run_2"), true);
    assertThat(line.next()).containsExactly(new Turn("run_1", true), new Turn("run_2", true));
  }

  @Test
  void aLossMeanwhileIsNotForgotten() {
    line.found(List.of("run_1"), false);
    assertThat(line.next()).containsExactly(new Turn("run_1", false));
    line.found(List.of("run_1"), true);
    line.found(List.of("run_1"), false);
    assertThat(line.next()).isEmpty();
    line.woken("run_1");
    assertThat(line.next()).containsExactly(new Turn("run_1", true));
  }

  @Test
  void whoHasEndedIsForgotten() {
    line.found(List.of("run_1", "run_2"), false);
    line.next().forEach(turn -> line.woken(turn.run()));
    line.found(List.of("run_2"), false);
    assertThat(line.awake()).containsExactly("run_2");
  }
}
