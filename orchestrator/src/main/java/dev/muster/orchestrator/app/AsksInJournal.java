package dev.muster.orchestrator.app;

import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.WorkerEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Whether a worker asks for sub-workers: an agent journals what it is about to do before it does
/// it, and what came of it before it does anything else. So whoever asks has an intent to without
/// an outcome.
///
/// What it asks for is in the artifact store and not looked at: that can be no more than what the
/// worker may do itself.
record AsksInJournal(JournalReader journal, Violations violations, Executor blocking) {
  private static final String TOOL = "spawn";

  private static final class Standing {
    private int epoch = -1;
    private @Nullable AgentStep open;

    void see(Object event) {
      switch (event) {
        case WorkerEvent.Assigned assigned -> epoch = assigned.epoch();
        case WorkerEvent.Reopened reopened -> begin(reopened.epoch());
        case WorkerEvent.AgentStepped stepped -> take(stepped.step());
        default -> {}
      }
    }

    private void take(AgentStep step) {
      if (step.kind() == Kind.INTENT) open = step;
      if (step.kind() == Kind.OUTCOME) open = null;
    }

    private void begin(int inEpoch) {
      epoch = inEpoch;
      open = null;
    }

    boolean agrees(Spawn spawn) {
      var step = open;
      return step != null
          && epoch == spawn.epoch()
          && step.ordinal() == spawn.ordinal()
          && TOOL.equals(step.tool());
    }
  }

  CompletionStage<Boolean> asks(String run, Spawn spawn) {
    return CompletableFuture.supplyAsync(() -> look(run, spawn), blocking);
  }

  private boolean look(String run, Spawn spawn) {
    var standing = new Standing();
    journal.eachOf(List.of(Origin.worker(run, spawn.parent())), row -> standing.see(row.event()));
    if (standing.agrees(spawn)) return true;
    violations.of(
        "a node",
        run + "/" + spawn.parent(),
        "its journal does not say that it asks for sub-workers by step " + spawn.ordinal());
    return false;
  }
}
