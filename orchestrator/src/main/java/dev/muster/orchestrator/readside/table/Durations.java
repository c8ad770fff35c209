package dev.muster.orchestrator.readside.table;

import java.time.Instant;

/// What the orders by duration go by, in SQL.
public final class Durations {
  private Durations() {}

  /// Of a run. One that goes on has no index.
  public static String ofRun(Instant now) {
    return "(CASE WHEN finished_at < 0 THEN %d ELSE finished_at END - started_at)"
        .formatted(now.toEpochMilli());
  }

  /// Of a worker, without what it waited for people; -1 before it has begun.
  public static String ofWorker(Instant now) {
    return "(CASE WHEN took_millis IS NULL THEN -1 WHEN busy_since IS NULL THEN took_millis"
        + " ELSE %d - busy_since END)".formatted(now.toEpochMilli());
  }
}
