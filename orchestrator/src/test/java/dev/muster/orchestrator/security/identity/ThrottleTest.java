package dev.muster.orchestrator.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final AtomicLong now = new AtomicLong(1_000_000);
  private final Throttle throttle = new Throttle(now::get);

  private void fail(String account, String peer, int times) {
    for (var i = 0; i < times; i++) throttle.failed(account, peer);
  }

  @Test
  void fiveTriesAreFreeAndThenPausesDouble() {
    fail("alice", "a", 4);
    assertThat(throttle.wait("alice", "a")).isZero();
    fail("alice", "a", 1);
    assertThat(throttle.wait("alice", "a")).isEqualTo(Duration.ofSeconds(1));
    fail("alice", "a", 3);
    assertThat(throttle.wait("alice", "a")).isEqualTo(Duration.ofSeconds(8));
    fail("alice", "a", 100);
    assertThat(throttle.wait("alice", "a")).isEqualTo(Duration.ofMinutes(15));
    now.addAndGet(Duration.ofMinutes(15).toMillis());
    assertThat(throttle.wait("alice", "a")).isZero();
  }

  @Test
  void aStrangerWhoGuessesLocksOutTheStranger() {
    fail("alice", "stranger", 40);
    assertThat(throttle.wait("alice", "home")).isZero();
    assertThat(throttle.wait("bob", "stranger")).isZero();
  }

  @Test
  void manyStrangersTogetherOnlyMakeOthersWait() {
    throttle.succeeded("alice", "home");
    for (var i = 0; i < 500; i++) throttle.failed("alice", "stranger-" + i);
    assertThat(throttle.wait("alice", "elsewhere")).isEqualTo(Duration.ofSeconds(5));
    assertThat(throttle.wait("alice", "home")).isZero();
  }

  @Test
  void aNameThatLooksLikeAPairLocksOutNobody() {
    fail("5:alice@home", "stranger", 200);
    assertThat(throttle.wait("alice", "home")).isZero();
  }

  @Test
  void whatFailedLongAgoIsForgotten() {
    for (var i = 0; i < 500; i++) throttle.failed("", "stranger-" + i);
    fail("alice", "a", 40);
    now.addAndGet(Duration.ofHours(1).toMillis());
    fail("", "stranger-0", 1);
    fail("alice", "a", 1);
    assertThat(throttle.wait("", "home")).isZero();
    assertThat(throttle.wait("alice", "a")).isZero();
  }

  @Test
  void successForgetsWhatWentBefore() {
    fail("alice", "a", 5);
    throttle.succeeded("alice", "a");
    assertThat(throttle.wait("alice", "a")).isZero();
  }
}
