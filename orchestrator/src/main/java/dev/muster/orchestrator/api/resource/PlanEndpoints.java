package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.usecase.Await;
import dev.muster.orchestrator.usecase.CarriedPlan;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.Shared;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.util.List;

/// What a run is to do, and in which order. Of 20,000 workers that takes seconds to work out, and
/// only a new text or a sub-worker changes it: so it is worked out once for all who ask, and kept
/// for a few runs.
public final class PlanEndpoints {
  private static final int KEPT_MAX = 4;

  /// As many as a folder may hold: it has to fit into the heap.
  private static final int WORKERS_MAX = 200_000;

  private final Api api;
  private final RunLookup lookup;
  private final Shared<Wanted, Answer> plans = new Shared<>(KEPT_MAX);

  /// @param number of the event that last changed the plan
  private record Wanted(String run, long number, int slots) {}

  public PlanEndpoints(Api api, RunLookup lookup) {
    this.api = api;
    this.lookup = lookup;
  }

  public List<Endpoint> all() {
    return List.of(get("/api/v1/runs/{run}/plan", this::plan));
  }

  private Answer plan(Call call) {
    var run = lookup.run(call.part("run"));
    var workers = run.workers().total();
    if (workers > WORKERS_MAX) {
      throw ProblemException.of(
          422,
          "plan-too-large",
          "expected a run of at most %,d workers, found %,d: GET /api/v1/runs/%s/workers has them page by page"
              .formatted(WORKERS_MAX, workers, run.id()));
    }
    var wanted = new Wanted(run.id(), api.views().planNumber(run.id()), slots());
    return plans.get(wanted, () -> workedOut(wanted));
  }

  private Answer workedOut(Wanted wanted) {
    var plan = lookup.plan(wanted.run());
    return Answer.ok(CarriedPlan.of(wanted.run(), plan, wanted.slots(), api.instructions()));
  }

  private int slots() {
    var nodes = Await.answerOrNull(api.nodes().describe());
    return nodes == null
        ? 1
        : Math.max(1, nodes.nodes().stream().mapToInt(NodeHeadroom::slots).sum());
  }
}
