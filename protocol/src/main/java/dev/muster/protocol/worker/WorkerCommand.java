package dev.muster.protocol.worker;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.proof.FromOrchestrator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// What a worker can be told.
public sealed interface WorkerCommand extends CborSerializable {
  EntityTypeKey<WorkerCommand> TYPE_KEY = EntityTypeKey.create(WorkerCommand.class, "Worker");

  /// What the run wants of this worker. Sent again until the worker's own report agrees, so it says
  /// the whole wish and not a change of it. The worker answers with `RunCommand.WorkerReported`.
  ///
  /// @param revision grows with every decision of the run; older wishes are ignored
  /// @param epoch a settled worker with a smaller epoch is reopened
  record Assign(Assignment assignment, long revision, int epoch, Wish wish)
      implements WorkerCommand, FromOrchestrator {}

  /// What an assigned worker is meant to be doing.
  enum Wish {
    RUN,
    PAUSE,
    CANCEL
  }

  /// The executor tells how an attempt goes, again and again until it is acknowledged. Reports
  /// about any attempt but the current one are stale: acknowledged and dropped.
  ///
  /// @param number counts the reports of this attempt from 1, so that a repeated one is known
  record Report(int attempt, int number, AttemptReport report, ActorRef<Done> replyTo)
      implements WorkerCommand {}

  /// The gate has decided an operation this worker waits for. Repeating it is harmless.
  record Decided(String approval, Decision decision, String reason)
      implements WorkerCommand, FromOrchestrator {}

  /// All sub-workers that this one has asked for have settled. Repeating it is harmless.
  record SubsSettled() implements WorkerCommand, FromOrchestrator {}

  record Describe(ActorRef<WorkerStatus> replyTo) implements WorkerCommand {}

  /// The entity to itself: the pause between two tries is over.
  record BackoffElapsed(int attempt) implements WorkerCommand {}

  /// The entity to itself: nothing has happened for a while, it may leave memory.
  record Rest() implements WorkerCommand {}
}
