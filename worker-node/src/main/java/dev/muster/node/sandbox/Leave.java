package dev.muster.node.sandbox;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// Whether a step may begin. One that has to wait for that has its sandbox around it meanwhile, and
/// in it one shell that waits for a line; nothing of its script is run.
public final class Leave {
  /// There is nothing to wait for.
  static final Leave GIVEN = new Leave(false);

  private final boolean waits;
  private final CountDownLatch answered;
  private volatile boolean refused;

  private Leave(boolean waits) {
    this.waits = waits;
    this.answered = new CountDownLatch(waits ? 1 : 0);
  }

  static Leave awaited() {
    return new Leave(true);
  }

  /// Whether there is something to wait for, also when that is over.
  boolean waits() {
    return waits;
  }

  void give() {
    answered.countDown();
  }

  /// It is never given any more.
  void refuse() {
    refused = true;
    answered.countDown();
  }

  boolean isRefused() {
    return refused;
  }

  /// @throws InterruptedException also when it is refused
  void await() throws InterruptedException {
    answered.await();
    if (refused) throw new InterruptedException("no leave was given");
  }

  /// Waits for it and lets the process go on, which may have ended by itself; where it is refused,
  /// the process finds the end of its input, and ends by itself.
  void pass(Process process) throws InterruptedException {
    answered.await();
    try (var told = process.getOutputStream()) {
      if (!refused) told.write('\n');
    } catch (IOException _) {
      // How it ended says more.
    }
  }
}
