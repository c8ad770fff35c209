package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningTimeTest {
  private static final long TICK = RunningTime.TICK.toNanos();

  private long nanos = 77;
  private final RunningTime time = new RunningTime(nanos);

  private void pass(Duration passed) {
    nanos += passed.toNanos();
    time.look(nanos, TICK);
  }

  private void run(Duration duration) {
    for (var left = duration.toMillis(); left > 0; left -= 100) pass(Duration.ofMillis(100));
  }

  @Test
  void whatPassesWhileItRunsCounts() {
    run(Duration.ofSeconds(3));
    assertThat(time.ran()).isEqualTo(Duration.ofSeconds(3));
    assertThat(time.isOver(Duration.ofSeconds(3))).isTrue();
    assertThat(time.isOver(Duration.ofMillis(3_001))).isFalse();
  }

  @Test
  void aThreadThatWakesUpLateIsStillCharged() {
    pass(Duration.ofMillis(450));
    assertThat(time.ran()).isEqualTo(Duration.ofMillis(450));
  }

  @Test
  void aStandstillIsChargedToNobodyHoweverOften() {
    for (var i = 0; i < 20; i++) {
      pass(Duration.ofSeconds(7));
      run(Duration.ofMillis(100));
    }
    assertThat(time.ran()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void afterAStandstillNothingIsOverBeforeTheOthersHadTheirSay() {
    run(Duration.ofSeconds(2));
    pass(Duration.ofHours(1));
    assertThat(time.isOver(Duration.ofSeconds(2))).isFalse();
    run(RunningTime.GRACE);
    assertThat(time.isOver(Duration.ofSeconds(2))).isTrue();
  }

  @Test
  void aHostThatIsAlwaysTooBusyDoesNotMakeALimitEndless() {
    var looks = 0;
    for (; !time.isOver(Duration.ofSeconds(10)); looks++) pass(Duration.ofSeconds(3));
    assertThat(looks).isLessThan(30);
  }

  @Test
  void whoStopsItAgainAndAgainGetsNoEndlessGrace() {
    var looks = 0;
    for (; !time.isOver(Duration.ofSeconds(5)); looks += 2) {
      pass(Duration.ofSeconds(3));
      pass(Duration.ofMillis(100));
    }
    assertThat(looks).isLessThan(100);
  }
}
