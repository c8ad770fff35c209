package dev.muster.host;

import dev.muster.node.executor.Executor;
import dev.muster.protocol.proof.Seals;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerCommand.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Carries out nothing: every attempt has succeeded as soon as the test lets it. Reports are
/// repeated until they are acknowledged, as the real one's are.
final class StubExecutor {
  /// Of the node it is on.
  final Seals seals;

  StubExecutor(Seals seals) {
    this.seals = seals;
  }

  private static final Duration REPEAT = Duration.ofMillis(300);

  /// The attempt of each worker that is under way.
  final Map<String, Integer> working = new ConcurrentHashMap<>();

  /// Whose attempts may end, by entity id.
  volatile Predicate<String> mayEnd = _ -> true;

  private record Repeat() {}

  Behavior<Executor.Command> behavior() {
    return Behaviors.receive((context, command) -> {
      if (command instanceof Executor.Execute execute) {
        var attempt = execute.attempt();
        var before = working.put(execute.assignment().entityId(), attempt);
        if (before == null || before != attempt) context.spawnAnonymous(report(execute));
      }
      return Behaviors.same();
    });
  }

  private Behavior<Object> report(Executor.Execute execute) {
    return Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(new Repeat(), Duration.ZERO, REPEAT);
      return Behaviors.receive((context, message) -> {
        if (message instanceof Done) return Behaviors.stopped();
        if (!mayEnd.test(execute.assignment().entityId())) return Behaviors.same();
        var assignment = execute.assignment();
        var done =
            new AttemptReport.Succeeded(
                Attestation.attest(
                    seals,
                    assignment.run(),
                    assignment.worker(),
                    execute.attempt(),
                    receipt(assignment.instructionDigest()),
                    Instant.EPOCH));
        execute
            .reportTo()
            .tell(
                new Report(
                    execute.attempt(),
                    execute.firstNumber(),
                    done,
                    context.getSelf().unsafeUpcast()));
        return Behaviors.same();
      });
    });
  }

  private static Receipt receipt(String instruction) {
    var artifact = new Artifact("out.txt", "a".repeat(64), 1, false);
    return new Receipt(instruction, List.of(artifact), List.of(), false, null);
  }
}
