package dev.muster.host;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.journal.storage.LeaseTable;
import dev.muster.orchestrator.usecase.RunDeletion;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.RunPurge;
import dev.muster.orchestrator.usecase.RunRetention;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When an orchestrator looks for deletions that were cut off, a moment after its start, and asks
/// whether runs have had their time, a minute after it (a node that goes with its run is there for
/// less). Both again every hour.
final class DeletionRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeletionRounds.class);
  private static final String LEASE = "cut-deletions";

  /// Commands that use a node at once are not held up by it.
  private static final Duration MOMENT = Duration.ofSeconds(3);

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration LAST_MAX = Duration.ofSeconds(2);

  private final RunDeletion deletion;
  private final LeaseTable leases;
  private final String node;
  private final @Nullable RunRetention retention;
  private final ScheduledExecutorService one =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("deletions").factory());
  private volatile boolean stopping;

  private DeletionRounds(RunRetention.@Nullable Policy policy, Api api, String node) {
    var lookup = new RunLookup(api.views(), api.runs(), api.ready(), api.sandbox());
    this.deletion = new RunDeletion(api.runs(), api.files(), api.database(), lookup);
    this.leases = new LeaseTable(api.database());
    this.node = node;
    this.retention =
        policy == null
            ? null
            : new RunRetention(
                new RunPurge(api.views(), deletion, api.clock()),
                deletion,
                leases,
                api.audit(),
                policy,
                node,
                api.clock());
  }

  /// @param policy null where runs are kept until somebody deletes them
  static DeletionRounds begin(RunRetention.@Nullable Policy policy, Api api, String node) {
    var rounds = new DeletionRounds(policy, api, node);
    var _ =
        rounds.one.schedule(
            () -> rounds.finish(Duration.ZERO), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        rounds.one.scheduleWithFixedDelay(
            rounds::round, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return rounds;
  }

  private void round() {
    finish(EVERY);
    if (retention != null) retain(retention);
  }

  /// One node of a cluster does it. That has the lease until it gives it back, also when it was
  /// killed meanwhile and is there again.
  private void finish(Duration age) {
    try {
      if (!leases.take(LEASE, node, EVERY)) return;
      try {
        deletion.finish(age, () -> stopping);
      } finally {
        leases.release(LEASE, node);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("deletions that were cut off are not finished: {}", e.toString());
    }
  }

  private void retain(RunRetention retention) {
    try {
      var deleted = retention.roundIfDue(() -> stopping);
      if (deleted > 0) LOG.info("retention: deleted runs that had ended long ago: {}", deleted);
    } catch (SQLException | RuntimeException e) {
      // Whatever is thrown from here ends the rounds.
      LOG.warn("retention: stopped early, the rest is tried again: {}", e.toString());
    }
  }

  /// Nothing is interrupted: H2 closes its file under a thread that is.
  @Override
  public void close() {
    stopping = true;
    one.shutdown();
    try {
      var _ = one.awaitTermination(LAST_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
