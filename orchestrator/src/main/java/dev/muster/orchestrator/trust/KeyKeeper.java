package dev.muster.orchestrator.trust;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the transport use the keys of a source, now and whenever they change.
public final class KeyKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyKeeper.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final KeySource source;
  private final MutualTls transport;
  private final Duration every;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private KeyKeeper(KeySource source, MutualTls transport, Duration every) {
    this.source = source;
    this.transport = transport;
    this.every = every;
    this.thread = Thread.ofVirtual().name("node-keys").unstarted(this::keep);
  }

  /// Returns once the transport has keys.
  ///
  /// @throws GeneralSecurityException when there are none that can be used
  public static KeyKeeper start(KeySource source, MutualTls transport)
      throws GeneralSecurityException {
    return start(source, transport, EVERY);
  }

  static KeyKeeper start(KeySource source, MutualTls transport, Duration every)
      throws GeneralSecurityException {
    transport.learn(source.current());
    var keeper = new KeyKeeper(source, transport, every);
    keeper.thread.start();
    return keeper;
  }

  /// Never interrupted: H2 closes its file when one of its readers is.
  private void keep() {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) look();
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; if somebody does, the keys stay what they are.
    }
  }

  private void look() {
    try {
      transport.learn(source.current());
    } catch (GeneralSecurityException | RuntimeException e) {
      LOG.warn(
          "the keys of this node could not be read again, so it goes on with those it has: {}",
          e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
