package dev.muster.e2e.chaos;

import dev.muster.e2e.check.JournalChecker.Verdict;
import java.time.Duration;
import java.util.List;

/// One seed's line of the report.
///
/// @param faults as they were struck
/// @param failed workers of the audit that did not complete, which all of them can
/// @param stale rows of the reader's tables that do not say what the journal says
/// @param spread completed attempts by node
/// @param took from the creation of the runs to the end of the last
record Outcome(
    long seed,
    List<String> faults,
    Verdict verdict,
    List<String> failed,
    List<String> stale,
    String spread,
    Duration took) {
  Outcome {
    faults = List.copyOf(faults);
    failed = List.copyOf(failed);
    stale = List.copyOf(stale);
  }

  boolean good() {
    return verdict.broken().isEmpty() && verdict.lost() == 0 && verdict.doubled() == 0;
  }
}
