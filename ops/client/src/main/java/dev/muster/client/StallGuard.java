package dev.muster.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Closes a body of which nothing has come for a while, so that whoever reads it hears of it.
final class StallGuard implements AutoCloseable {
  static final Duration STANDARD = Duration.ofMinutes(1);

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean moved = new AtomicBoolean(true);
  private final InputStream body;
  private final Duration max;
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration max) {
    this.body = body;
    this.max = max;
    Thread.ofVirtual().name("stall-guard").start(this::follow);
  }

  private void follow() {
    try {
      while (!over.await(max.toNanos(), TimeUnit.NANOSECONDS)) {
        if (moved.getAndSet(false)) continue;
        stalled = true;
        body.close();
        return;
      }
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException("nobody interrupts it, and closing does not fail", e);
    }
  }

  int read(byte[] buffer) throws IOException {
    try {
      var read = body.read(buffer);
      moved.set(true);
      if (!stalled) return read;
    } catch (IOException e) {
      if (!stalled) throw e;
    }
    throw new IOException("nothing more has come for " + max.toSeconds() + " s");
  }

  @Override
  public void close() {
    over.countDown();
  }
}
