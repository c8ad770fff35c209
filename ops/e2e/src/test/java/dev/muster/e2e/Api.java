package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

/// What the console's page sees of a node that may not be there yet, or no longer.
final class Api {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
  private final Muster muster;

  Api(Muster muster) {
    this.muster = muster;
  }

  /// Missing while no node answers, or not well.
  JsonNode get(String path) throws InterruptedException {
    return send(path, HttpRequest.newBuilder());
  }

  JsonNode post(String path, String body) throws InterruptedException {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode send(String path, HttpRequest.Builder request) throws InterruptedException {
    try {
      var node = Journal.parse(Files.readString(muster.data().resolve("node.json")));
      request
          .uri(URI.create(node.path("url").asText()).resolve(path))
          .timeout(ANSWER_MAX)
          .header("Accept", "application/json")
          .header("Authorization", "Bearer " + token());
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isNotEqualTo(400);
      return answer.statusCode() == 200 ? Journal.parse(answer.body()) : MissingNode.getInstance();
    } catch (IOException | RuntimeException _) {
      return MissingNode.getInstance();
    }
  }

  String token() throws IOException {
    return Files.readString(muster.data().resolve("operator.token")).strip();
  }
}
