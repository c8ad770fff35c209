package dev.muster.orchestrator.wave;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;

/// Asks whether a worker has really settled, while its run goes on, and has the run hear of it
/// again. What was found is kept here and in no message, since a message could be forged, too.
final class Believing {
  private final String run;
  private final RunLinks links;
  private final ActorRef<RunCommand> self;
  private final Set<String> asking = ConcurrentHashMap.newKeySet();
  private final Set<WorkerReported> found = ConcurrentHashMap.newKeySet();

  Believing(String run, RunLinks links, ActorRef<RunCommand> self) {
    this.run = run;
    this.links = links;
    this.self = self;
  }

  /// False while it is not known to be true. Whoever is not believed says it again.
  boolean isTrue(WorkerReported report) {
    if (found.remove(report)) return true;
    if (!asking.add(report.worker())) return false;
    var answer = links.isTrue(run, report).exceptionally(_ -> false).toCompletableFuture();
    if (answer.isDone()) {
      asking.remove(report.worker());
      return answer.join();
    }
    CompletionStage<Boolean> later = answer;
    later.thenAccept(so -> {
      asking.remove(report.worker());
      if (!so) return;
      found.add(report);
      self.tell(report);
    });
    return false;
  }
}
