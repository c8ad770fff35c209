package dev.muster.node.worker;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.worker.WorkerCommand;
import org.apache.pekko.actor.typed.RecipientRef;

/// Whom a worker talks to, by name and never by an address that may be old. Every tell may be lost.
public interface WorkerLinks {
  RecipientRef<RunCommand> run(String run);

  RecipientRef<ApprovalCommand> gate(String run);

  /// The worker itself, wherever it lives when a report comes back.
  RecipientRef<WorkerCommand> worker(String entityId);
}
