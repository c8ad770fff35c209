package dev.muster.orchestrator.wave;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.worker.WorkerCommand;
import org.apache.pekko.actor.typed.RecipientRef;

/// Whom a supervisor talks to. Every tell may be lost.
public interface RunLinks {
  /// @param entityId as `WorkerAddress` reads it
  void tellWorker(String entityId, WorkerCommand command);

  /// False when no node of the cluster works, so that nothing can be under way anywhere.
  boolean workersAreHosted();

  RecipientRef<ApprovalCommand> gate(String run);

  void tellHeadroom(HeadroomCommand command);
}
