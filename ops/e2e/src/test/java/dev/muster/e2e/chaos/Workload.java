package dev.muster.e2e.chaos;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.check.TraceKeeper;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// Workers that leave evidence. Most write down the time while they run; some append one line to a
/// file of the target, behind the gate.
final class Workload {
  /// Where the gated ones write, below the target.
  static final String EFFECTS = "effects";

  private Workload() {}

  /// @param tracing workers that only run, in waves of 12
  /// @param gated workers after them, in a wave of their own
  static Path evidence(Path folder, int tracing, int gated) {
    var traces = IntStream.rangeClosed(1, tracing).mapToObj(n -> tracing(n, 1 + (n - 1) / 12, 20));
    var operations = IntStream.rangeClosed(tracing + 1, tracing + gated).mapToObj(Workload::gated);
    return Workforces.write(
        folder, java.util.stream.Stream.concat(traces, operations).toArray(Worker[]::new));
  }

  /// Runs for `ticks` times 0.2 s.
  static Worker tracing(int number, int wave, int ticks) {
    var file = "results/%03d.txt".formatted(number);
    return new Worker(
        number,
        wave,
        "",
        file,
        Workforces.block(
            """
            for _ in $(seq %d); do
              echo "$EPOCHREALTIME" >> %s
              sleep 0.2
            done
            mkdir -p results
            echo done > %s\
            """
                .formatted(ticks, TraceKeeper.FILE, file)),
        "grep -qx done " + file);
  }

  /// The effect happens in the middle, so that a node may die before it and after it.
  static Worker gated(int number) {
    var file = "results/%03d.txt".formatted(number);
    var effect = EFFECTS + "/%03d".formatted(number);
    var gated =
        Workforces.block(
            "operation=production_deploy writes=\"%s\" check=\"test -s %s\""
                .formatted(EFFECTS, effect),
            """
            sleep 1
            echo "$MUSTER_RUN $MUSTER_WORKER $MUSTER_ATTEMPT" >> "$MUSTER_TARGET/%s"
            sleep 1\
            """
                .formatted(effect));
    var rest = Workforces.block("mkdir -p results\necho done > " + file);
    return new Worker(number, 1, "", file, gated + rest, "grep -qx done " + file);
  }
}
