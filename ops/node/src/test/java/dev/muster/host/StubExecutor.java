package dev.muster.host;

import dev.muster.node.executor.Executor;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerCommand.Report;
import java.time.Duration;
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
        var done = new AttemptReport.Succeeded(receipt(execute.assignment().instructionDigest()));
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
