package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.pool.Breaker.Closed;
import dev.muster.node.models.pool.Breaker.HalfOpen;
import dev.muster.node.models.pool.Breaker.Open;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BreakerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LOST = NOW.plusSeconds(600);
  private static final Closed ONE = new Closed(Set.of("a"));
  private static final Closed TWO = new Closed(Set.of("a", "b"));
  private static final Open OPEN = new Open(NOW.plusSeconds(30), null);
  private static final Open TRIED = new Open(NOW.plusSeconds(30), "c");
  private static final HalfOpen HALF = new HalfOpen(LOST, null);
  private static final HalfOpen AGAIN = new HalfOpen(LOST, "c");

  /// Every state with every thing that can happen to it.
  static Stream<Arguments> transitions() {
    return Stream.of(
        row(Breaker.closed(), "begin", Breaker.closed()),
        row(TWO, "begin", TWO),
        row(OPEN, "begin", HALF),
        row(TRIED, "begin", AGAIN),
        row(HALF, "begin", HALF),
        row(AGAIN, "begin", AGAIN),
        row(TWO, "answered", Breaker.closed()),
        row(OPEN, "answered", Breaker.closed()),
        row(HALF, "answered", Breaker.closed()),
        row(Breaker.closed(), "failed a", ONE),
        row(ONE, "failed a", ONE),
        row(ONE, "failed b", TWO),
        row(TWO, "failed b", TWO),
        row(TWO, "failed c", OPEN),
        row(new Open(NOW.plusSeconds(7), "a"), "failed c", new Open(NOW.plusSeconds(7), "a")),
        row(HALF, "failed c", TRIED),
        row(new HalfOpen(LOST, "a"), "failed c", TRIED),
        row(AGAIN, "failed c", new Open(NOW, "c")),
        row(TWO, "cancelled", TWO),
        row(OPEN, "cancelled", OPEN),
        row(AGAIN, "cancelled", new Open(NOW, "c")));
  }

  private static Arguments row(Breaker before, String what, Breaker after) {
    return Arguments.of(before, what, after);
  }

  private static UnaryOperator<Breaker> step(String what) {
    return switch (what) {
      case "begin" -> it -> it.begin(LOST);
      case "answered" -> Breaker::answered;
      case "failed a", "failed b", "failed c" ->
          it -> it.failed(Breaking.STANDARD, what.substring("failed ".length()), NOW);
      case "cancelled" -> it -> it.cancelled(NOW);
      default -> throw new AssertionError(what);
    };
  }

  @ParameterizedTest(name = "{0} {1} → {2}")
  @MethodSource("transitions")
  void everyTransitionIsWalked(Breaker before, String what, Breaker after) {
    assertThat(step(what).apply(before)).isEqualTo(after);
  }

  @Test
  void theTableIsWhole() {
    var walked = new ArrayList<String>();
    transitions().forEach(row -> walked.add(nameOf(row.get()[0]) + " " + row.get()[1]));
    for (var state : Breaker.class.getPermittedSubclasses()) {
      for (var what : List.of("begin", "answered", "failed", "cancelled")) {
        assertThat(walked).anyMatch(it -> it.startsWith(state.getSimpleName() + " " + what));
      }
    }
  }

  private static String nameOf(@Nullable Object state) {
    return state == null ? "" : state.getClass().getSimpleName();
  }

  @Test
  void itLetsOneThroughAfterThirtySecondsAndAnotherWhenThatOneIsLost() {
    assertThat(OPEN.admitsAt(NOW)).isEqualTo(NOW.plusSeconds(30));
    assertThat(HALF.admitsAt(NOW)).isEqualTo(LOST);
    assertThat(TWO.admitsAt(NOW)).isEqualTo(NOW);
  }

  /// It opens only once so many different conversations have failed with no answer between.
  /// Afterwards one that always fails, however often it is who tries, holds the others up once more
  /// at most, and never again once somebody was answered.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void oneThatAlwaysFailsKeepsNobodyElseAway(long seed) {
    var random = new Random(seed);
    var breaker = Breaker.closed();
    var failed = new HashSet<String>();
    for (var step = 0; breaker instanceof Closed; step++) {
      var asker = List.of("poison", "poison", "b", "c", "d").get(random.nextInt(5));
      var answers = random.nextInt(6) == 0;
      breaker = answers ? breaker.answered() : breaker.failed(Breaking.STANDARD, asker, NOW);
      if (answers) failed.clear();
      else failed.add(asker);
      assertThat(breaker instanceof Open).as("step %d", step).isEqualTo(failed.size() == 3);
    }
    var refusals = 0;
    for (var step = 0; step < 50; step++) {
      var now = breaker.admitsAt(NOW);
      var answers = random.nextInt(4) == 0;
      breaker = breaker.begin(now.plusSeconds(600));
      breaker = answers ? breaker.answered() : breaker.failed(Breaking.STANDARD, "poison", now);
      if (breaker.admitsAt(now).isAfter(now)) refusals++;
      if (answers) refusals = 1;
      assertThat(refusals).as("step %d", step).isLessThanOrEqualTo(1);
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 25));
  }
}
