package dev.muster.e2e.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Attempts are numbered 1, 2, 3 …, one begins when the one before has ended, nothing is reported
/// by any but the newest, and a worker completes at most once.
final class AttemptRule implements Rule {
  private static final Set<String> END =
      Set.of(
          "Completed",
          "Failed",
          "Cancelled",
          "Rehearsed",
          "AgentParked",
          "AttemptFailed",
          "AttemptInterrupted");
  private static final Set<String> OF_AN_ATTEMPT =
      Set.of(
          "StepFinished",
          "AgentStepped",
          "AgentParked",
          "OperationHeld",
          "OperationDecided",
          "ValidationStarted",
          "AttemptFailed",
          "AttemptInterrupted",
          "Completed",
          "Failed");

  @Override
  public List<String> brokenBy(Rows rows) {
    var broken = new ArrayList<String>();
    rows.ofKind("Worker").values().forEach(own -> check(own, broken));
    return broken;
  }

  private static void check(List<Row> own, List<String> broken) {
    var attempt = 0;
    var open = false;
    var settled = false;
    for (var row : own) {
      if (settled && !row.is("Reopened")) broken.add(row + ": after the worker had settled");
      if (row.is("AttemptStarted")) {
        if (row.number("attempt") != attempt + 1) {
          broken.add(
              "%s: expected attempt %d, found %d"
                  .formatted(row, attempt + 1, row.number("attempt")));
        }
        if (open) broken.add(row + ": attempt " + attempt + " had not ended");
        attempt = row.number("attempt");
        open = true;
      } else if (OF_AN_ATTEMPT.contains(row.name()) && row.number("attempt") != attempt) {
        broken.add(
            "%s: of attempt %d, but attempt %d was the newest"
                .formatted(row, row.number("attempt"), attempt));
      }
      if (END.contains(row.name()) || row.is("Paused")) open = false;
      if (Workers.settles(row)) settled = true;
      if (row.is("Reopened")) settled = false;
    }
    var completed = own.stream().filter(row -> row.is("Completed")).count();
    if (completed > 1) {
      broken.add("%s: completed %d times".formatted(own.getFirst().entity(), completed));
    }
  }
}
