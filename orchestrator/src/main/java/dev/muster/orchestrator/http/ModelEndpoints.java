package dev.muster.orchestrator.http;

import static dev.muster.orchestrator.http.Endpoint.get;
import static dev.muster.orchestrator.http.Endpoint.post;

import java.util.List;

/// The language models: which there are, what calling them came to, and whether one answers.
final class ModelEndpoints {
  private final Models models;

  ModelEndpoints(Api api) {
    this.models = api.models();
  }

  List<Endpoint> all() {
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
