package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Problem;
import dev.muster.orchestrator.api.exchange.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the endpoint for a request, or the right refusal.
final class Router {
  private final List<Endpoint> endpoints;

  Router(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  record Match(Endpoint endpoint, Map<String, String> parts) {}

  /// What anybody may ask, or null: to a stranger every other path looks the same.
  @Nullable Match open(String method, List<String> path) {
    var wanted = method.equals("HEAD") ? "GET" : method;
    for (var endpoint : endpoints) {
      if (endpoint.needs() != null || !endpoint.method().equals(wanted)) continue;
      var parts = endpoint.match(path);
      if (parts != null) return new Match(endpoint, parts);
    }
    return null;
  }

  /// `HEAD` goes where `GET` goes.
  Match find(String method, List<String> path) {
    var wanted = method.equals("HEAD") ? "GET" : method;
    var allowed = new TreeSet<String>();
    for (var endpoint : endpoints) {
      var parts = endpoint.match(path);
      if (parts == null) continue;
      if (endpoint.method().equals(wanted)) return new Match(endpoint, parts);
      allowed.add(endpoint.method());
      if (endpoint.method().equals("GET")) allowed.add("HEAD");
    }
    if (allowed.isEmpty()) {
      throw ProblemException.of(
          404, "no-such-path", "nothing is at this path; the paths are in /api/openapi.yaml");
    }
    throw new MethodNotAllowed(method, allowed);
  }

  /// Carries what `Allow` has to say.
  static final class MethodNotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String allow;

    MethodNotAllowed(String method, Set<String> allowed) {
      super("expected " + String.join(" or ", allowed) + ", found " + method, null, false, false);
      this.allow = String.join(", ", allowed);
    }

    Answer answer(@Nullable String path, String requestId) {
      return Answer.problem(
              Problem.of(405, "method-not-allowed", String.valueOf(getMessage()))
                  .at(path, requestId))
          .with("Allow", allow);
    }
  }
}
