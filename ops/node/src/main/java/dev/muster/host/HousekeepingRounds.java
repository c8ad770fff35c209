package dev.muster.host;

import dev.muster.node.workspace.OldWorkspaces;
import dev.muster.orchestrator.journal.collection.Collector;
import dev.muster.orchestrator.journal.collection.Collector.Collected;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DeletedRuns;
import dev.muster.orchestrator.readside.table.ReadSide;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a node keeps house: a minute after its start, then every hour, and a node that goes with
/// its run also once before it ends.
final class HousekeepingRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HousekeepingRounds.class);
  private static final long MEGABYTE = 1_000_000;
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofHours(1);

  /// What whoever waits for the end of a run has to spare.
  private static final Duration LAST_MAX = Duration.ofSeconds(2);

  private final Housekeeping housekeeping;
  private final Collector collector;
  private final boolean alsoAtTheEnd;
  private final ScheduledExecutorService one =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());
  private volatile boolean stopping;

  private HousekeepingRounds(Housekeeping housekeeping, Collector collector, boolean alsoAtTheEnd) {
    this.housekeeping = housekeeping;
    this.collector = collector;
    this.alsoAtTheEnd = alsoAtTheEnd;
  }

  static HousekeepingRounds begin(NodeOptions options, Stores stores, InstantSource clock) {
    var settings = options.settings();
    var collector =
        new Collector(
            stores.source(),
            stores.files().artifacts(),
            stores.files().contents(),
            Collector.Limits.of(settings.keep().unnamed()),
            settings.nodeName(),
            clock);
    var rounds =
        new HousekeepingRounds(
            housekeeping(options, stores.database(), clock), collector, options.usedAtOnce());
    var _ =
        rounds.one.scheduleWithFixedDelay(
            rounds::round, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return rounds;
  }

  private static Housekeeping housekeeping(
      NodeOptions options, Database database, InstantSource clock) {
    var settings = options.settings();
    var shared = settings.database().isServer();
    var runs = ReadSide.of(database.source(), clock).runs();
    return new Housekeeping(
        new OldWorkspaces(options.data()),
        runs::workers,
        new DeletedRuns(database.source())::among,
        log -> !shared || !Files.exists(log) || KeptLogs.isStored(log),
        settings.keep(),
        clock);
  }

  private void round() {
    housekeeping.round(() -> stopping);
    try {
      var collected = collector.collectIfDue(() -> stopping);
      if (collected != null) say(collected);
    } catch (IOException | SQLException | RuntimeException e) {
      // Whatever is thrown from here ends the rounds.
      LOG.warn("collection: stopped early, the rest is tried again: {}", e.toString());
    }
  }

  private static void say(Collected collected) {
    if (collected.removed() > 0) {
      LOG.info(
          "collection: removed {} of {} contents, which nobody named, {} MB",
          collected.removed(),
          collected.looked(),
          (collected.bytes() + MEGABYTE / 2) / MEGABYTE);
    }
    if (collected.said() != null) LOG.info("collection: {}", collected.said());
  }

  /// Nothing is interrupted: H2 closes its file under a thread that is. A round that takes too long
  /// ends at its next workspace.
  @Override
  public void close() {
    if (alsoAtTheEnd) one.execute(this::round);
    else stopping = true;
    one.shutdown();
    try {
      if (one.awaitTermination(LAST_MAX.toMillis(), TimeUnit.MILLISECONDS)) return;
      stopping = true;
      var _ = one.awaitTermination(LAST_MAX.toMillis() / 4, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }
}
