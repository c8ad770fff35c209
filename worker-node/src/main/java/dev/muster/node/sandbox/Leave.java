package dev.muster.node.sandbox;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// Whether a step may begin. One that has to wait for that has its sandbox around it meanwhile, and
/// in it one shell that waits for a line; nothing of its script is run.
public final class Leave {
  /// There is nothing to wait for.
  static final Leave GIVEN = new Leave(false);

  private final boolean waits;
  private final CountDownLatch given;

  private Leave(boolean waits) {
    this.waits = waits;
    this.given = new CountDownLatch(waits ? 1 : 0);
  }

  static Leave awaited() {
    return new Leave(true);
  }

  /// Whether there is something to wait for, also when that is over.
  boolean waits() {
    return waits;
  }

  void give() {
    given.countDown();
  }

  boolean isGiven() {
    return given.getCount() == 0;
  }

  void await() throws InterruptedException {
    given.await();
  }

  /// Waits for it and lets the process go on, which may have ended by itself.
  void pass(Process process) throws InterruptedException {
    given.await();
    try (var told = process.getOutputStream()) {
      told.write('\n');
    } catch (IOException _) {
      // How it ended says more.
    }
  }
}
