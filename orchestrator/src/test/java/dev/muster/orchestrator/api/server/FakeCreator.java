package dev.muster.orchestrator.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.usecase.NewRun;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.orchestrator.usecase.RunCreator;
import dev.muster.orchestrator.usecase.TextChanges;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Creates a run of one worker from any folder that is not called `missing`.
final class FakeCreator implements RunCreator {
  final List<NewRun> created = new ArrayList<>();

  /// While it is held, nothing is created.
  final Semaphore way = new Semaphore(1);

  private final Journal journal;

  FakeCreator(Journal journal) {
    this.journal = journal;
  }

  @Override
  public synchronized void create(NewRun wanted) {
    way.acquireUninterruptibly();
    way.release();
    if (wanted.folder().endsWith("missing")) {
      throw Refusal.unknown("no-such-folder", "no folder " + wanted.folder());
    }
    if (created.stream().noneMatch(run -> run.id().equals(wanted.id()))) {
      var like = journal.created(Journal.planned("WORKER_001", 1));
      journal.write(
          Origin.run(wanted.id()),
          new RunCreated(
              wanted.id(),
              like.plan(),
              like.settings().withStartedBy(wanted.by()),
              like.at(),
              null));
    }
    created.add(wanted);
  }

  @Override
  public TextChanges changes(RunPlan plan, RunSettings settings) {
    var first = plan.workers().getFirst();
    return new TextChanges(
        List.of(new TextChanges.Changed(first, first.id() + "_x.md")),
        List.of(new TextChanges.Refused("WORKER_999", "WORKER_999_y.md cannot be used")));
  }

  @Override
  public void take(TextChanges changes, RunSettings settings) {}

  @Override
  public JsonNode check(String name, String text) {
    return Json.mapper()
        .createObjectNode()
        .put("approved", true)
        .put("score", text.length() % 101)
        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
            "missing", Json.mapper().createArrayNode())
        .set("findings", Json.mapper().createArrayNode());
  }
}
