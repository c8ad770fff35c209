package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.usecase.Models;
import dev.muster.protocol.view.ModelSpend;
import dev.muster.protocol.view.ModelsView;
import java.util.List;

/// The language models: which there are, what calling them came to, and whether one answers.
public final class ModelEndpoints {
  /// Runs that are looked at for what they asked.
  private static final int RUNS_MAX = 10;

  private final Models models;
  private final RunViews views;

  public ModelEndpoints(Api api) {
    this.models = api.models();
    this.views = api.views();
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/models", _ -> Answer.ok(list())),
        post("/api/v1/models/{profile}/test", this::test));
  }

  /// A provider's counts are those of this cluster's life; a run's are kept with the run.
  private ModelsView list() {
    var view = models.list();
    for (var run : views.newest(RUNS_MAX)) {
      var used = ModelSpend.of(views.used(run));
      if (!used.isEmpty()) return view.of(run, used);
    }
    return view;
  }

  private Answer test(Call call) {
    call.json().check();
    var tested = models.test(call.part("profile"));
    if (tested != null) return Answer.ok(tested);
    throw ProblemException.of(
        404, "unknown-profile", "no profile has that name; GET /api/v1/models lists them");
  }
}
