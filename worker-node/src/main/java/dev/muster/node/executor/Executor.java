package dev.muster.node.executor;

import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.WorkerCommand;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;

/// Carries out attempts on this node, as many at once as it has slots.
///
/// How an attempt goes is told to `reportTo` as `WorkerCommand.Report`s, numbered and in order, the
/// oldest repeated every 2 s until it is acknowledged, also after the attempt has ended.
public final class Executor {
  /// What an executor can be told. It is local to the node: nothing here is serialized.
  public sealed interface Command {}

  /// Carry out this attempt, or go on with it. Repeating it is harmless while the attempt is known.
  ///
  /// @param epoch of the worker; part of what the gate is asked
  /// @param fromOrdinal the block to begin with; above 1 the workspace of the attempt is continued,
  ///   and when this node does not have it the attempt is reported as interrupted
  /// @param firstNumber of the first report; one more than the last the worker has seen
  public record Execute(
      Assignment assignment,
      int attempt,
      int epoch,
      int fromOrdinal,
      int firstNumber,
      RecipientRef<WorkerCommand> reportTo)
      implements Command {
    public Execute {
      if (attempt < 1) throw new IllegalArgumentException("attempt is " + attempt);
      if (fromOrdinal < 1) throw new IllegalArgumentException("fromOrdinal is " + fromOrdinal);
      if (firstNumber < 1) throw new IllegalArgumentException("firstNumber is " + firstNumber);
    }
  }

  /// Kill whatever runs for this attempt, and report nothing more about it. Also what a worker
  /// sends when it stops on this node.
  ///
  /// @param worker entity id, `<run>/WORKER_014`
  public record Cancel(String worker, int attempt) implements Command {}

  /// Is this attempt known here? If it is, nothing happens (its reports come anyway); if it is not,
  /// `Interrupted` is reported once under `firstNumber`.
  public record AskFor(
      String worker, int attempt, int firstNumber, RecipientRef<WorkerCommand> reportTo)
      implements Command {}

  /// Take nothing new. What waits for a slot is reported as interrupted at once, what runs after
  /// `grace`; `Done` is answered when nothing runs any more.
  public record Drain(Duration grace, ActorRef<Done> replyTo) implements Command {}

  /// How busy are you?
  public record Describe(ActorRef<Occupancy> replyTo) implements Command {}

  /// @param queued attempts that wait for a slot
  public record Occupancy(int slots, int busy, int queued) {}

  private Executor() {}
}
