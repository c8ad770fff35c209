package dev.muster.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An operator who does not give up: asks one orchestrator after the other until one answers, and
/// repeats what may have been lost under the same key.
public final class Operator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final long PAUSE_MILLIS = 300;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<URI> orchestrators;
  private final String token;
  private final Path results;

  public Operator(List<URI> orchestrators, String token, Path results) {
    this.orchestrators = List.copyOf(orchestrators);
    this.token = token;
    this.results = results;
  }

  /// An answer.
  ///
  /// @param status of HTTP
  public record Answer(int status, JsonNode body) {
    public boolean good() {
      return status < 300;
    }
  }

  /// Creates a run.
  ///
  /// @return its id
  public String launch(Path workforce, Path target, String approve) {
    return launch(workforce, target, approve, null);
  }

  /// @param since the run whose work is not done again; null for none
  public String launch(Path workforce, Path target, String approve, @Nullable String since) {
    var order =
        JSON.createObjectNode()
            .put("folder", workforce.toString())
            .put("target", target.toString())
            .put("results", results.toString())
            .put("approve", approve);
    if (since != null) order.put("since", since);
    var created = insist("/runs", order);
    if (!created.good()) throw new AssertionError("the run was not created: " + created);
    return created.body().path("id").asText(created.body().path("run").asText());
  }

  public Answer control(String run, String action) {
    return insist("/runs/" + run + "/" + action, JSON.createObjectNode());
  }

  public Answer control(String run, String action, String worker) {
    var body = JSON.createObjectNode();
    body.putArray("workers").add(worker);
    return insist("/runs/" + run + "/" + action, body);
  }

  /// @param drained whether it is to take no more work
  public void drain(String node, boolean drained) {
    var what = drained ? "/drain" : "/uncordon";
    var done = insist("/nodes/" + node + what, JSON.createObjectNode());
    if (!done.good()) throw new AssertionError("not " + what + " of " + node + ": " + done);
  }

  public Answer approve(String approval) {
    return insist("/approvals/" + approval + "/approve", JSON.createObjectNode());
  }

  public Answer reject(String approval) {
    return insist(
        "/approvals/" + approval + "/reject", JSON.createObjectNode().put("reason", "by a test"));
  }

  /// Has a reader of the journal drop what it has written and begin anew.
  public void rebuild(String reader) {
    var begun = insist("/readers/" + reader + "/rebuild", JSON.createObjectNode());
    if (!begun.good()) throw new AssertionError("the reader is not rebuilt: " + begun);
  }

  public Answer get(String path) {
    return untilAnswered(path, null, "");
  }

  private Answer insist(String path, ObjectNode body) {
    return untilAnswered(path, body, UUID.randomUUID().toString());
  }

  /// One try at the first orchestrator; null when it does not answer.
  public @Nullable Answer glance(String path) {
    try {
      return send(orchestrators.getFirst(), path, null, "");
    } catch (IOException _) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /// The nodes whose reports reach the first orchestrator; none when it does not answer. It lists
  /// others besides: whoever the registry knows.
  public Set<String> nodesUp() {
    var answer = glance("/nodes?filter=status:UP");
    return answer == null || !answer.good()
        ? Set.of()
        : Set.copyOf(answer.body().path("items").findValuesAsText("name"));
  }

  private Answer untilAnswered(String path, @Nullable ObjectNode body, String key) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    List<String> met = new ArrayList<>();
    for (var turn = 0; System.nanoTime() < until; turn++) {
      var orchestrator = orchestrators.get(turn % orchestrators.size());
      try {
        var answer = send(orchestrator, path, body, key);
        // 409 says that the first request with this key is still being carried out.
        if (answer.status() < 500 && answer.status() != 429 && !stillRunning(answer)) return answer;
        met.add(answer.toString());
      } catch (IOException e) {
        met.add(e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      pause();
    }
    throw new AssertionError(
        "no orchestrator answered %s within %s; last: %s"
            .formatted(path, PATIENCE, met.subList(Math.max(0, met.size() - 3), met.size())));
  }

  private static boolean stillRunning(Answer answer) {
    return answer.body().path("code").asText().equals("still-working");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Answer send(URI orchestrator, String path, @Nullable ObjectNode body, String key)
      throws IOException, InterruptedException {
    var where = path.startsWith("/health") ? path : "/api/v1" + path;
    var request =
        HttpRequest.newBuilder(orchestrator.resolve(where))
            .timeout(ANSWER_MAX)
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + token);
    if (body != null) {
      request
          .header("Content-Type", "application/json")
          .header("Idempotency-Key", key)
          .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
    }
    var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), json(response.body()));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException _) {
      return JSON.getNodeFactory().textNode(text);
    }
  }
}
