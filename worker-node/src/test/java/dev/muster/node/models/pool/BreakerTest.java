package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.pool.Breaker.Closed;
import dev.muster.node.models.pool.Breaker.HalfOpen;
import dev.muster.node.models.pool.Breaker.Open;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BreakerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LOST = NOW.plusSeconds(600);
  private static final Open OPEN = new Open(NOW.plusSeconds(30));
  private static final HalfOpen HALF = new HalfOpen(LOST);

  /// Every state with every thing that can happen to it.
  static Stream<Arguments> transitions() {
    return Stream.of(
        row(new Closed(0), "begin", new Closed(0)),
        row(new Closed(2), "begin", new Closed(2)),
        row(OPEN, "begin", HALF),
        row(HALF, "begin", HALF),
        row(new Closed(2), "answered", new Closed(0)),
        row(OPEN, "answered", new Closed(0)),
        row(HALF, "answered", new Closed(0)),
        row(new Closed(0), "failed", new Closed(1)),
        row(new Closed(1), "failed", new Closed(2)),
        row(new Closed(2), "failed", OPEN),
        row(new Open(NOW.plusSeconds(7)), "failed", new Open(NOW.plusSeconds(7))),
        row(HALF, "failed", OPEN),
        row(new Closed(2), "cancelled", new Closed(2)),
        row(OPEN, "cancelled", OPEN),
        row(HALF, "cancelled", new Open(NOW)));
  }

  private static Arguments row(Breaker before, String what, Breaker after) {
    return Arguments.of(before, what, after);
  }

  private static UnaryOperator<Breaker> step(String what) {
    return switch (what) {
      case "begin" -> it -> it.begin(LOST);
      case "answered" -> Breaker::answered;
      case "failed" -> it -> it.failed(Breaking.STANDARD, NOW);
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
        assertThat(walked).contains(state.getSimpleName() + " " + what);
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
    assertThat(new Closed(2).admitsAt(NOW)).isEqualTo(NOW);
  }
}
