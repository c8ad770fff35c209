package dev.muster.orchestrator.api.stream;

import java.util.Locale;

/// What a subscriber hears about.
enum Topic {
  RUNS,
  WORKERS,
  APPROVALS,
  NODES,
  /// Every event of the journal, one by one.
  JOURNAL;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
