package dev.muster.node.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.headroom.HeadroomLimits;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeadroomStateTest {
  private static final HeadroomLimits LIMITS = HeadroomLimits.DEFAULT;

  private static Use use(double cpu, double memory, double disk) {
    return new Use(true, cpu, 0, memory, disk);
  }

  private static HeadroomState after(Use... samples) {
    var state = HeadroomState.UNKNOWN;
    for (var sample : samples) state = state.next(sample, LIMITS);
    return state;
  }

  @Test
  void memoryAndDiskDecideBeforeTheFirstFullSample() {
    assertThat(after(new Use(false, 0, 0, 10, 10)).open()).isTrue();
    assertThat(after(new Use(false, 0, 0, 90, 10)).reasons())
        .containsExactly("memory 90.0% ≥ 85% (headroom.memory-percent), opens below 80%");
    assertThat(after(new Use(false, 0, 0, 10, 90)).reasons())
        .containsExactly("disk 90.0% ≥ 90% (headroom.disk-percent), opens below 85%");
  }

  @Test
  void threeSamplesAtTheLimitCloseAndTwoDoNot() {
    var busy = use(80, 10, 10);
    assertThat(after(use(5, 10, 10), busy, busy).open()).isTrue();
    assertThat(after(use(5, 10, 10), busy, busy, busy).reasons())
        .containsExactly("cpu 80.0% ≥ 80% (headroom.cpu-percent), opens below 75%");
  }

  @Test
  void oneQuietSampleStartsTheCountAnew() {
    var busy = use(99, 10, 10);
    var quiet = use(79.9, 10, 10);
    assertThat(after(busy, busy, quiet, busy, busy).open()).isTrue();
  }

  @Test
  void aBusyStartOfTheJvmDoesNotCloseTheNodeAtOnce() {
    assertThat(after(use(100, 10, 10)).open()).isTrue();
    assertThat(after(use(100, 10, 10), use(100, 10, 10)).open()).isTrue();
    assertThat(after(use(100, 10, 10), use(100, 10, 10), use(100, 10, 10)).open()).isFalse();
  }

  @Test
  void itOpensOnlyAfterThreeSamplesFivePointsBelow() {
    var closed = after(use(10, 87.2, 10));
    assertThat(closed.reasons())
        .containsExactly("memory 87.2% ≥ 85% (headroom.memory-percent), opens below 80%");
    var below = use(10, 79.9, 10);
    var almost = closed.next(use(10, 80, 10), LIMITS).next(use(10, 80, 10), LIMITS);
    assertThat(almost.next(use(10, 80, 10), LIMITS).open()).isFalse();
    assertThat(almost.reasons())
        .containsExactly(
            "memory 80.0% now, had reached 85% (headroom.memory-percent), opens below 80%");
    var once = closed.next(below, LIMITS);
    assertThat(once.reasons())
        .containsExactly(
            "memory 79.9% now, had reached 85% (headroom.memory-percent), opens after 2 more"
                + " samples below 80%");
    var twice = once.next(below, LIMITS);
    assertThat(twice.reasons().getFirst()).endsWith("opens after 1 more sample below 80%");
    assertThat(twice.open()).isFalse();
    assertThat(twice.next(below, LIMITS).open()).isTrue();
  }

  @Test
  void everyClosedResourceGivesItsReason() {
    var all = use(90, 90, 95);
    assertThat(after(all, all, all).reasons())
        .containsExactly(
            "cpu 90.0% ≥ 80% (headroom.cpu-percent), opens below 75%",
            "memory 90.0% ≥ 85% (headroom.memory-percent), opens below 80%",
            "disk 95.0% ≥ 90% (headroom.disk-percent), opens below 85%");
  }

  @Test
  void ourOwnBoundedWorkDoesNotCountAndOurRunawayUseDoes() {
    assertThat(Use.countedPercent(0, 2, 2, 4)).isZero();
    assertThat(Use.countedPercent(1, 0, 2, 4)).isEqualTo(25);
    assertThat(Use.countedPercent(0, 2, 1, 4)).isBetween(33.0, 34.0);
    assertThat(Use.countedPercent(-0.1, 1, 4, 4)).isZero();
    assertThat(Use.countedPercent(9, 9, 0, 4)).isEqualTo(100);
  }

  @Test
  void neighboursThatOnlyGetWhatWeLeaveThemAreMeasuredAgainstThat() {
    assertThat(Use.countedPercent(1.3, 0.7, 2, 2)).as("two stressors, two slots").isEqualTo(100);
    assertThat(Use.countedPercent(0.6, 1.4, 2, 2)).as("a modest neighbour").isEqualTo(50);
    assertThat(Use.countedPercent(0.1, 1.9, 2, 2)).as("slots that fill it").isLessThan(10);
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 25));
  }

  /// The rule once more, said over whole histories: it is closed when some three samples in a row
  /// were at the limit and no later three in a row were five points below.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theStateFollowsFromTheHistory(long seed) {
    var random = new SplittableRandom(seed);
    var state = new GateState(true, true, 0);
    var expectedOpen = true;
    var above = 0;
    var below = 0;
    for (var i = 0; i < 300; i++) {
      var percent = 70 + random.nextInt(20);
      above = percent >= 80 ? above + 1 : 0;
      below = percent < 75 ? below + 1 : 0;
      if (expectedOpen && above >= 3) {
        expectedOpen = false;
        below = 0;
      } else if (!expectedOpen && below >= 3) {
        expectedOpen = true;
        above = 0;
      }
      state = state.next(percent, 80);
      assertThat(state.open()).as("seed %d, sample %d", seed, i).isEqualTo(expectedOpen);
    }
  }
}
