package dev.muster.orchestrator.app;

import dev.muster.orchestrator.journal.storage.ResultsOwnerTable;
import dev.muster.orchestrator.journal.storage.ResultsOwnerTable.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Of several orchestrators one writes the results of a run that has ended.
///
/// That its owner stands still is what this node has seen itself: the same row twice, and so long
/// between them. No two clocks are compared.
final class SharedResults implements ResultsOwner {
  /// An owner that is at work has written some files by then, or asked again whether it may.
  static final Duration STILL = Duration.ofMinutes(2);

  private static final int SEEN_MAX = 200;

  private final ResultsOwnerTable table;
  private final String self;
  private final Predicate<String> isThere;
  private final LongSupplier nanos;
  private final Map<String, Seen> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > SEEN_MAX;
        }
      };

  /// @param owner null where nobody had begun
  /// @param nanos when it was seen so first
  private record Seen(@Nullable Owner owner, long nanos) {}

  SharedResults(
      ResultsOwnerTable table, String self, Predicate<String> isThere, LongSupplier nanos) {
    this.table = table;
    this.self = self;
    this.isThere = isThere;
    this.nanos = nanos;
  }

  @Override
  public boolean take(String run, Instant endedAt) {
    return table.take(run, endedAt, self, isThere);
  }

  @Override
  public boolean keeps(String run, Instant endedAt) {
    return table.keep(run, endedAt, self);
  }

  @Override
  public synchronized boolean takeOver(String run, Instant endedAt) {
    var owner = table.owner(run);
    // What this node has begun it goes on with by itself.
    if (owner != null && owner.name().equals(self)) return false;
    var now = nanos.getAsLong();
    var before = seen.get(run);
    if (before == null || !Objects.equals(before.owner(), owner)) {
      seen.remove(run);
      seen.put(run, new Seen(owner, now));
      return false;
    }
    if (now - before.nanos() < STILL.toNanos()) return false;
    seen.remove(run);
    return table.takeFrom(run, endedAt, self, owner);
  }
}
