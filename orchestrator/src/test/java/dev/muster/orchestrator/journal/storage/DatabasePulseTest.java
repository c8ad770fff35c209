package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DatabasePulseTest {
  private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void manyProbesAskOnce() {
    var pulse = new DatabasePulse<>(asked::incrementAndGet, executor);
    for (var i = 0; i < 100; i++) assertThat(pulse.feel().problem()).isNull();
    assertThat(asked).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void aDatabaseThatIsSilentIsToldInTimeAndNotAskedAgainMeanwhile() {
    var silence = new CountDownLatch(1);
    var pulse =
        new DatabasePulse<>(
            () -> {
              asked.incrementAndGet();
              try {
                silence.await();
              } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
              }
              return 7;
            },
            executor);
    var started = System.nanoTime();
    assertThat(pulse.feel().problem()).contains("has not answered for ");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));

    assertThat(pulse.feel().problem()).contains("has not answered");
    assertThat(asked).hasValue(1);
    silence.countDown();
  }

  @Test
  void aRefusalIsToldInItsOwnWords() {
    var pulse =
        new DatabasePulse<>(
            () -> {
              throw new IllegalStateException("outer", new java.io.IOException("no route to host"));
            },
            executor);
    assertThat(pulse.feel().problem()).contains("does not answer (no route to host)");
    assertThat(pulse.feel().answer()).isNull();
  }

  @Test
  void itIsAskedAgainAfterASecond() throws InterruptedException {
    var pulse = new DatabasePulse<>(asked::incrementAndGet, executor);
    assertThat(pulse.feel().answer()).isEqualTo(1);
    Thread.sleep(1_100);
    assertThat(pulse.feel().answer()).isEqualTo(2);
  }
}
