package dev.muster.orchestrator.security.trust;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the users of a source's keys use them, now and whenever they change.
public final class KeyKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyKeeper.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final KeySource source;
  private final List<KeyUser> users;
  private final Duration every;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private KeyKeeper(KeySource source, List<KeyUser> users, Duration every) {
    this.source = source;
    this.users = List.copyOf(users);
    this.every = every;
    this.thread = Thread.ofVirtual().name("node-keys").unstarted(this::keep);
  }

  /// Returns once all of them have keys.
  ///
  /// @throws GeneralSecurityException when there are none that can be used
  public static KeyKeeper start(KeySource source, List<KeyUser> users)
      throws GeneralSecurityException {
    return start(source, users, EVERY);
  }

  static KeyKeeper start(KeySource source, List<KeyUser> users, Duration every)
      throws GeneralSecurityException {
    var keeper = new KeyKeeper(source, users, every);
    keeper.learn();
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

  private void learn() throws GeneralSecurityException {
    var keys = source.current();
    for (var user : users) user.learn(keys);
  }

  private void look() {
    try {
      learn();
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
