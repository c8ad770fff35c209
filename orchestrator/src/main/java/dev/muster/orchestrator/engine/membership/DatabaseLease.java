package dev.muster.orchestrator.engine.membership;

import dev.muster.orchestrator.journal.storage.LeaseTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseException;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The split-brain resolver's lease, kept in the database: of two halves of a cluster that see each
/// other no longer, only the one that takes it goes on.
///
/// The database is the right judge, since a half that cannot reach it could do nothing anyway. A
/// lease whose owner dies is free again after the heartbeat timeout.
public final class DatabaseLease extends Lease {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLease.class);

  private final LeaseSettings settings;
  private final ExtendedActorSystem system;
  private final LeaseTable table;
  private final String owner;
  private final Executor blocking =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lease-", 0).factory());

  private volatile boolean held;
  private @Nullable Cancellable renewal;

  /// Called by name from the resolver.
  public DatabaseLease(LeaseSettings settings, ExtendedActorSystem system) {
    this.settings = settings;
    this.system = system;
    this.table = new LeaseTable(source(system));
    // An address is used again by the node's next life, which must not own what this one held.
    this.owner = settings.ownerName() + "#" + UUID.randomUUID();
  }

  private static javax.sql.DataSource source(ExtendedActorSystem system) {
    return system
        .settings()
        .setup()
        .get(DatabaseSetup.class)
        .orElseThrow(() -> new IllegalStateException("the actor system was given no database"))
        .source();
  }

  @Override
  public LeaseSettings getSettings() {
    return settings;
  }

  @Override
  public CompletionStage<Boolean> acquire() {
    return acquire(_ -> {});
  }

  @Override
  public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
    return CompletableFuture.supplyAsync(() -> take(lost), blocking);
  }

  private boolean take(Consumer<Optional<Throwable>> lost) {
    var until = System.nanoTime() + timeouts().getOperationTimeout().toNanos() * 3 / 4;
    while (true) {
      try {
        var taken = table.take(settings.leaseName(), owner, duration());
        if (taken) keep(lost);
        return taken;
      } catch (SQLException e) {
        if (System.nanoTime() > until) throw failed(e);
        pause();
      }
    }
  }

  /// A database that restarts right now should not cost the cluster its life.
  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LeaseException("interrupted while taking the lease");
    }
  }

  private synchronized void keep(Consumer<Optional<Throwable>> lost) {
    held = true;
    if (renewal != null) return;
    var every = timeouts().getHeartbeatInterval();
    renewal =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                every, every, () -> blocking.execute(() -> renew(lost)), system.dispatcher());
  }

  private void renew(Consumer<Optional<Throwable>> lost) {
    if (!held) return;
    try {
      if (table.take(settings.leaseName(), owner, duration())) return;
      LOG.warn("the lease {} was lost to another node", settings.leaseName());
      end();
      lost.accept(Optional.empty());
    } catch (SQLException e) {
      // It runs out by itself unless a later renewal comes in time.
      LOG.warn("the lease {} could not be renewed: {}", settings.leaseName(), e.getMessage());
    }
  }

  @Override
  public CompletionStage<Boolean> release() {
    end();
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            table.release(settings.leaseName(), owner);
            return true;
          } catch (SQLException e) {
            throw failed(e);
          }
        },
        blocking);
  }

  private synchronized void end() {
    held = false;
    if (renewal != null) renewal.cancel();
    renewal = null;
  }

  @Override
  public boolean checkLease() {
    return held;
  }

  private Duration duration() {
    return timeouts().getHeartbeatTimeout();
  }

  private org.apache.pekko.coordination.lease.TimeoutSettings timeouts() {
    return settings.timeoutSettings();
  }

  private LeaseException failed(SQLException e) {
    return new LeaseException(
        "the lease %s could not be taken: %s".formatted(settings.leaseName(), e.getMessage()));
  }
}
