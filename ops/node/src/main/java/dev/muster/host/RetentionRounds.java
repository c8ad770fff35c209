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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When an orchestrator asks whether runs have had their time: a minute after its start, then every
/// hour. A node that goes with its run is there for less.
final class RetentionRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionRounds.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration LAST_MAX = Duration.ofSeconds(2);

  private final RunRetention retention;
  private final ScheduledExecutorService one =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("retention").factory());
  private volatile boolean stopping;

  private RetentionRounds(RunRetention retention) {
    this.retention = retention;
  }

  static RetentionRounds begin(RunRetention.Policy policy, Api api, String node) {
    var lookup = new RunLookup(api.views(), api.runs(), api.ready(), api.sandbox());
    var deletion = new RunDeletion(api.runs(), api.files(), api.database(), lookup);
    var rounds =
        new RetentionRounds(
            new RunRetention(
                new RunPurge(api.views(), deletion, api.clock()),
                deletion,
                new LeaseTable(api.database()),
                api.audit(),
                policy,
                node,
                api.clock()));
    var _ =
        rounds.one.scheduleWithFixedDelay(
            rounds::round, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return rounds;
  }

  private void round() {
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
