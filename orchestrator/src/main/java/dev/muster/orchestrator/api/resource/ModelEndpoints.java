package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.usecase.Models;
import java.util.List;

/// The language models: which there are, what calling them came to, and whether one answers.
public final class ModelEndpoints {
  private final Models models;

  public ModelEndpoints(Api api) {
    this.models = api.models();
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/models", _ -> Answer.ok(models.list())),
        post("/api/v1/models/{profile}/test", this::test));
  }

  private Answer test(Call call) {
    call.json().check();
    var tested = models.test(call.part("profile"));
    if (tested != null) return Answer.ok(tested);
    throw ProblemException.of(
        404, "unknown-profile", "no profile has that name; GET /api/v1/models lists them");
  }
}
