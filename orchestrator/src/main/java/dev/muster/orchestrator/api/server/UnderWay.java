package dev.muster.orchestrator.api.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says again and again that something goes on, until it is closed. Nobody is interrupted for it,
/// since H2 closes its file when one of its users is.
final class UnderWay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnderWay.class);

  private final CountDownLatch over = new CountDownLatch(1);
  private final Runnable say;
  private final Duration every;

  UnderWay(Runnable say, Duration every) {
    this.say = say;
    this.every = every;
    Thread.ofVirtual().name("under-way").start(this::follow);
  }

  private void follow() {
    try {
      while (!over.await(every.toMillis(), TimeUnit.MILLISECONDS)) say();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts it", e);
    }
  }

  private void say() {
    try {
      say.run();
    } catch (RuntimeException e) {
      LOG.warn("a request goes on, and nobody could be told: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
