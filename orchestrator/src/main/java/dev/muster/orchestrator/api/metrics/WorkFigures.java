package dev.muster.orchestrator.api.metrics;

import dev.muster.orchestrator.readside.table.Census;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs, workers, what is held, and the gate. Every state has its line, also with nothing in it: an
/// alarm on a line that is not there never rings.
final class WorkFigures {
  private static final String DAMAGED = "DAMAGED";
  private static final String PENDING = "PENDING";

  private static final String NEWEST =
      " Of the newest %d running, held and paused runs each.".formatted(Census.OPEN_MAX);

  /// As every summary of a run has them.
  private static final Map<String, ToIntFunction<RunView.Workers>> WORKERS =
      new TreeMap<>(
          Map.of(
              "COMPLETED", RunView.Workers::completed,
              "FAILED", RunView.Workers::failed,
              "BLOCKED", RunView.Workers::blocked,
              "CANCELLED", RunView.Workers::cancelled,
              "HELD", RunView.Workers::held,
              "WAITING", RunView.Workers::waiting,
              "REHEARSED", RunView.Workers::rehearsed,
              "RUNNING", RunView.Workers::running));

  private WorkFigures() {}

  static void expose(Exposition to, Census census, Instant now) {
    to.gauge("muster_runs", "Runs that are kept, by state.");
    lines(to, census.runs(), Stream.concat(names(RunPhase.values()), Stream.of(DAMAGED)));
    var open = census.open();
    to.gauge("muster_workers", "Workers of runs that have not ended, by state." + NEWEST);
    WORKERS.forEach((state, count) ->
        to.sample(
            open.stream().mapToLong(run -> count.applyAsInt(run.workers())).sum(), "state", state));
    var holds =
        open.stream()
            .flatMap(run -> run.holds().stream())
            .collect(Collectors.groupingBy(Hold::kind, Collectors.counting()));
    to.gauge(
        "muster_holds",
        "Reasons for which waves, or whole runs, are held back at this moment, by kind." + NEWEST);
    for (var kind : Hold.Kind.values()) {
      to.sample(holds.getOrDefault(kind, 0L), "kind", kind.name());
    }
    to.gauge("muster_approvals", "Operations that gates were asked about, by what came of it.");
    lines(to, census.approvals(), Stream.concat(Stream.of(PENDING), names(Decision.values())));
    var oldest = census.oldestPending();
    to.gauge("muster_approval_oldest_seconds", "For how long the oldest undecided one waits.")
        .sample(oldest == null ? 0 : Duration.between(oldest, now).toMillis() / 1000.0);
  }

  private static Stream<String> names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name);
  }

  private static void lines(Exposition to, Map<String, Long> counts, Stream<String> states) {
    states.forEach(state -> to.sample(counts.getOrDefault(state, 0L), "state", state));
  }
}
