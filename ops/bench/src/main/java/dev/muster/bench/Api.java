package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The HTTP API of a node, as its operator asks it; on one connection when one asks after the
/// other.
record Api(HttpClient http, URI url, String token) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);

  static Api of(Node node) throws IOException {
    var token = Files.readString(node.file().resolveSibling("operator.token")).strip();
    var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new Api(http, URI.create(node.url()), token);
  }

  /// @param path below `/api/v1/`, with its query
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(said(http.send(request(path).build(), BodyHandlers.ofString())));
  }

  /// The items of all pages of a list, page by page.
  List<JsonNode> all(String path) throws IOException, InterruptedException {
    var items = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page = get(path + cursor);
      page.path("items").forEach(items::add);
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return items;
  }

  JsonNode post(String path, String json) throws IOException, InterruptedException {
    return JSON.readTree(said(http.send(posting(path, json), BodyHandlers.ofString())));
  }

  CompletableFuture<HttpResponse<String>> begin(String path, String json) {
    return http.sendAsync(posting(path, json), BodyHandlers.ofString());
  }

  static String said(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 == 2) return answer.body();
    throw new IOException(
        "%s: %d %s".formatted(answer.uri(), answer.statusCode(), answer.body().strip()));
  }

  private HttpRequest posting(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve("/api/v1/" + path))
        .timeout(ANSWERS_WITHIN)
        .header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    http.close();
  }
}
