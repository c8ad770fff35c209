package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.readside.table.GateViews;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Waits until what an operator wanted can be seen by whoever asks next: workers and gates hear of
/// it after the run has answered.
public final class Effects {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final GateViews approvals;
  private final RunLookup lookup;

  public Effects(GateViews approvals, RunLookup lookup) {
    this.approvals = approvals;
    this.lookup = lookup;
  }

  /// What is stopped in the middle of something may take longer than anybody wants to wait.
  void awaitCancelled(String run, List<String> workers) {
    await(() -> workers.isEmpty() ? hasEnded(run) : haveEnded(run, workers));
  }

  /// Nobody is asked any more for a wave that was launched by hand.
  void awaitLaunched(String run, int wave) {
    await(() -> !approvals.awaits(run, List.of("wave " + wave)));
  }

  private boolean hasEnded(String run) {
    var view = lookup.run(run);
    return view.state().finished() && view.approvals().pending() == 0;
  }

  private boolean haveEnded(String run, List<String> workers) {
    return lookup.workers(run, workers).stream().allMatch(worker -> worker.state().settled())
        && !approvals.awaits(run, workers);
  }

  private static void await(BooleanSupplier seen) {
    var until = System.nanoTime() + LONGEST.toNanos();
    while (!seen.getAsBoolean() && System.nanoTime() < until) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
