package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Problem;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// What a node answers that has no API: how it is, to anybody, and nothing else.
final class HealthOnly {
  private final ActorSystem<?> system;
  private final Supplier<Health> health;
  private final Responses responses = new Responses(new Shares(0, 0));

  HealthOnly(ActorSystem<?> system, Supplier<Health> health) {
    this.system = system;
    this.health = health;
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    request.discardEntityBytes(system);
    var path = request.getUri().path();
    return CompletableFuture.completedFuture(responses.of(answer(path), "none", null, null));
  }

  private Answer answer(String path) {
    var now = health.get();
    return switch (path) {
      case "/health/live" -> Answer.ok(Map.of("status", "UP"));
      case "/health/ready" -> {
        var answer =
            Answer.json(
                now.ready() ? 200 : 503, Map.of("status", now.status(), "detail", now.detail()));
        yield now.ready() ? answer : answer.with("Retry-After", "1");
      }
      default ->
          Answer.problem(
              now.ready()
                  ? Problem.of(
                          404, "no-api-here", "this node has no API; ask one of role orchestrator")
                      .at(path, "none")
                  : Problem.of(503, "starting", now.detail()).at(path, "none"));
    };
  }
}
