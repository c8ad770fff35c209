package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.Handover;
import dev.muster.protocol.worker.WorkerCommand;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.RecipientRef;
import org.jspecify.annotations.Nullable;

/// Whom a supervisor talks to. Every tell may be lost.
public interface RunLinks {
  /// @param entityId as `WorkerAddress` reads it
  void tellWorker(String entityId, WorkerCommand command);

  /// False when no node of the cluster works, so that nothing can be under way anywhere.
  boolean workersAreHosted();

  RecipientRef<ApprovalCommand> gate(String run);

  /// Whether the worker has settled so, by its own journal: anybody inside the cluster could have
  /// sent the report.
  ///
  /// @param wanted what the run wants of it now, for one that had done it already
  CompletionStage<Boolean> isTrue(String run, WorkerReported report, Supplier<Assignment> wanted);

  /// Whether the worker asks for sub-workers, by its own journal.
  CompletionStage<Boolean> asks(String run, Spawn spawn);

  void tellHeadroom(HeadroomCommand command);

  /// Stores what workers hand on, by digest. Blocks.
  void store(String run, Map<String, Handover> byDigest);

  /// By which instructions are made for sub-workers.
  Sowing sowing();

  SubWorkerLimits subWorkers();

  /// Reads what an earlier run has done, as it was stored for a new one; null when it is not there.
  /// Blocks.
  @Nullable DoneBefore doneBefore(String digest);

  /// Reads a plan that whoever created a run has stored; null when there is none. Blocks: once when
  /// a run is created, and once when it is recovered.
  @Nullable RunPlan plan(String digest);
}
