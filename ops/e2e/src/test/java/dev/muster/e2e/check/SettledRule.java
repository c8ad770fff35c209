package dev.muster.e2e.check;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Every run has finished once, a retried one once more, and every worker of its plan was settled
/// once, as the worker itself says, or carried over from an earlier run.
final class SettledRule implements Rule {
  @Override
  public List<String> brokenBy(Rows rows) {
    var broken = new ArrayList<String>();
    var workers = rows.ofKind("Worker");
    var runs = rows.ofKind("Run");
    if (runs.isEmpty()) broken.add("the journal has no run");
    runs.forEach((run, own) -> {
      finished(run, own, broken);
      var settled = Workers.settled(own);
      var carried =
          Workers.carriedOver(own).stream().map(row -> row.text("worker")).collect(toSet());
      for (var worker : Workers.planned(own).keySet()) {
        var id = run + "/" + worker;
        // An earlier run has done it: there is nothing of its own to hold against it.
        if (carried.contains(worker) && !workers.containsKey(id)) continue;
        check(id, settled.getOrDefault(worker, List.of()), workers, broken);
      }
    });
    return broken;
  }

  private static void finished(String run, List<Row> own, List<String> broken) {
    var finished = 0;
    for (var row : own) {
      if (row.is("RunFinished")) finished++;
      if (row.is("WorkersReopened")) finished = 0;
    }
    if (finished != 1) broken.add("%s: finished %d times".formatted(run, finished));
    if (!own.getFirst().is("RunCreated")) broken.add(own.getFirst() + ": begins a run");
  }

  private static void check(
      String worker, List<String> settled, Map<String, List<Row>> workers, List<String> broken) {
    if (settled.size() != 1) {
      broken.add("%s: expected to be settled once, found %s".formatted(worker, settled));
      return;
    }
    var phase = settled.getFirst();
    if (phase.equals("BLOCKED")) return; // such a worker never had a life of its own
    var end = Workers.end(workers.getOrDefault(worker, List.of()));
    // A worker that was cancelled before it was released has none either.
    if (phase.equals("CANCELLED") && !workers.containsKey(worker)) return;
    if (!end.toUpperCase(Locale.ROOT).equals(phase)) {
      broken.add("%s: settled as %s, but its own end is '%s'".formatted(worker, phase, end));
    }
  }
}
