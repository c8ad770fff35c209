package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.Assignment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks whether a worker has really settled, while its run goes on, and has the run hear of it
/// again. What was found is kept here and in no message, since a message could be forged, too; and
/// of each worker one thing, until the run has heard it.
final class Believing {
  private static final Logger LOG = LoggerFactory.getLogger(Believing.class);

  private final String run;
  private final RunLinks links;
  private final Inheritance inheritance;
  private final ActorRef<RunCommand> self;
  private final Map<String, Asked> asked = new HashMap<>();

  private record Asked(WorkerReported report, CompletableFuture<Boolean> so) {}

  Believing(String run, RunLinks links, Inheritance inheritance, ActorRef<RunCommand> self) {
    this.run = run;
    this.links = links;
    this.inheritance = inheritance;
    this.self = self;
  }

  /// False while it is not known to be true. Whoever is not believed says it again.
  boolean isTrue(Carried state, WorkerReported report) {
    var before = asked.get(report.worker());
    if (before == null) return ask(state, report);
    if (!before.so().isDone()) return false;
    asked.remove(report.worker());
    return before.report().equals(report) ? before.so().join() : ask(state, report);
  }

  /// For a report that is no news any more.
  void forget(WorkerReported report) {
    var before = asked.get(report.worker());
    if (before != null && before.report().equals(report)) asked.remove(report.worker());
  }

  private boolean ask(Carried state, WorkerReported report) {
    var wanted = wanted(state, report);
    var so = links.isTrue(run, report, () -> wanted).exceptionally(why -> unknown(report, why));
    var answer = so.toCompletableFuture();
    if (answer.isDone()) return answer.join();
    asked.put(report.worker(), new Asked(report, answer));
    so.thenRun(() -> self.tell(report));
    return false;
  }

  private Assignment wanted(Carried state, WorkerReported report) {
    var member = state.member(report.worker());
    return Assignments.of(state, member, 0, inheritance.of(state, member)).assignment();
  }

  private boolean unknown(WorkerReported report, Throwable why) {
    LOG.warn(
        "whether {}/{} has settled cannot be looked at, until it says so again: {}",
        run,
        report.worker(),
        why.toString());
    return false;
  }
}
