package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.SubTask;
import dev.muster.protocol.worker.Assignment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks whether a worker has really settled, or asks for sub-workers, while its run goes on, and
/// has the run hear of it again. What was found is kept here and in no message, since a message
/// could be forged, too; and of each worker one thing, until the run has heard it.
final class Believing {
  private static final Logger LOG = LoggerFactory.getLogger(Believing.class);

  /// An honest worker asks one thing at a time.
  private static final int SPAWNS_MAX = 256;

  private final String run;
  private final RunLinks links;
  private final Inheritance inheritance;
  private final ActorRef<RunCommand> self;
  private final Map<String, Asked> asked = new HashMap<>();
  private final Map<Wish, CompletableFuture<Answer>> spawns = new HashMap<>();

  enum Answer {
    YES,
    NO,
    /// The run hears of it again.
    LATER
  }

  /// What is asked for, whoever waits for the answer: whoever hears nothing asks again.
  private record Wish(String parent, int epoch, int ordinal, List<SubTask> tasks) {
    static Wish of(Spawn it) {
      return new Wish(it.parent(), it.epoch(), it.ordinal(), it.tasks());
    }
  }

  private record Asked(WorkerReported report, CompletableFuture<Boolean> so) {}

  Believing(String run, RunLinks links, Inheritance inheritance, ActorRef<RunCommand> self) {
    this.run = run;
    this.links = links;
    this.inheritance = inheritance;
    this.self = self;
  }

  /// Whether it is news, and true as far as that matters: only an end changes what others may do.
  boolean believes(Carried state, WorkerReported report) {
    if (!WorkerReports.isNews(state, report)) {
      forget(report);
      return false;
    }
    return !report.status().phase().settled() || isTrue(state, report);
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

  /// Of so many at a time.
  Answer asks(Spawn spawn) {
    var wish = Wish.of(spawn);
    var before = spawns.get(wish);
    if (before != null) {
      if (!before.isDone()) return Answer.LATER;
      spawns.remove(wish);
      return before.join();
    }
    if (spawns.size() >= SPAWNS_MAX) return Answer.NO;
    var looked =
        links
            .asks(run, spawn)
            .thenApply(so -> so ? Answer.YES : Answer.NO)
            .exceptionally(why -> unknown(spawn, why));
    var answer = looked.toCompletableFuture();
    if (answer.isDone()) return answer.join();
    spawns.put(wish, answer);
    looked.thenRun(() -> self.tell(spawn));
    return Answer.LATER;
  }

  private Answer unknown(Spawn spawn, Throwable why) {
    LOG.warn(
        "whether {}/{} asks for sub-workers cannot be looked at, until it asks again: {}",
        run,
        spawn.parent(),
        why.toString());
    return Answer.NO;
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
