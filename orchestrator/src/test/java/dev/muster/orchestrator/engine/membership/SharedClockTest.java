package dev.muster.orchestrator.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SharedClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicReference<Instant> own = new AtomicReference<>(NOON);
  private final SharedClock clock = new SharedClock(own::get);

  @Test
  void beforeTheDatabaseHasAnsweredTheTimeIsTheMachines() {
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void aJumpOfTheMachinesClockChangesNothing() {
    clock.learn(NOON, System.nanoTime());
    for (var jumped : new Instant[] {NOON.plus(HOUR), NOON.minus(HOUR)}) {
      own.set(jumped);
      assertThat(clock.instant()).isBetween(NOON, NOON.plusSeconds(10));
    }
  }

  @Test
  void theTimeGoesOnBetweenTwoAnswers() {
    clock.learn(NOON, System.nanoTime() - 5_000_000_000L);
    assertThat(clock.instant()).isBetween(NOON.plusSeconds(5), NOON.plusSeconds(15));
  }

  @Test
  void aSlowAnswerDoesNotMakeTheTimeTremble() {
    var nanos = System.nanoTime();
    clock.learn(NOON, nanos);
    clock.learn(NOON.plusMillis(100), nanos);
    assertThat(clock.instant()).isBefore(NOON.plus(Duration.between(NOON, clock.instant())));
    clock.learn(NOON.plus(HOUR), nanos);
    assertThat(clock.instant()).as("a real change is followed").isAfter(NOON.plus(HOUR));
  }
}
