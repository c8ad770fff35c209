package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.contract.Contract;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Sends every example of the contract as it is documented. What comes back is held against the
/// contract as every answer is (`ContractKept`).
class ExamplesTest extends ServerFixture {
  private static final JsonNode CONTRACT = Contract.ofTheServer().root();

  /// What an example must never come to: that it is not what the server reads.
  private static final List<Integer> NOT_READ = List.of(400, 405, 413, 415, 422, 500);

  /// Placeholders that have no example since ids are not written by hand.
  private static final Map<String, String> IDS =
      Map.of(
          "run", "run_0001",
          "worker", "WORKER_001",
          "approval", "apr_0001_abc",
          "wave", "1",
          "step", "1",
          "token", "tok_1",
          "secret", "DEPLOY_KEY");

  /// @param body null for none
  record Example(String method, String path, @Nullable String body) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Example> examples() {
    List<Example> examples = new ArrayList<>();
    CONTRACT
        .get("paths")
        .properties()
        .forEach(path -> {
          for (var operation : path.getValue().properties()) {
            if (operation.getKey().equals("parameters")) continue;
            add(path.getKey(), path.getValue(), operation, examples);
          }
        });
    return examples.stream();
  }

  private static void add(
      String template,
      JsonNode all,
      Map.Entry<String, JsonNode> operation,
      List<Example> examples) {
    var parameters = new ArrayList<JsonNode>();
    for (var holder : List.of(all, operation.getValue())) {
      for (var it : holder.path("parameters")) parameters.add(resolved(it));
    }
    var path = filled(template, parameters);
    var method = operation.getKey().toUpperCase(Locale.ROOT);
    var json =
        resolved(operation.getValue().path("requestBody")).path("content").path("application/json");
    if (json.has("example"))
      examples.add(new Example(method, path, json.get("example").toString()));
    for (var it : parameters) {
      if (it.has("example") && it.get("in").asString().equals("query")) {
        var value = URLEncoder.encode(it.get("example").asString(), StandardCharsets.UTF_8);
        examples.add(
            new Example(method, path + "?" + it.get("name").asString() + "=" + value, null));
      }
    }
  }

  private static String filled(String template, List<JsonNode> parameters) {
    var path = template;
    for (var it : parameters) {
      var name = it.get("name").asString();
      var value = it.path("example").asString(IDS.getOrDefault(name, ""));
      path = path.replace("{" + name + "}", IDS.getOrDefault(name, value));
    }
    assertThat(path).as("an example of each placeholder").doesNotContain("{");
    return path;
  }

  private static JsonNode resolved(JsonNode it) {
    return it.has("$ref") ? CONTRACT.at(it.get("$ref").asString().substring(1)) : it;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsUnderstood(Example it) {
    // Where a node of an operator was started there are instructions.
    var body =
        it.body() == null ? null : it.body().replace("instructions/hello", "../instructions/hello");
    var reply = body == null ? client.send(it.method(), it.path()) : client.post(it.path(), body);

    assertThat(NOT_READ).as("%s: %s", it, reply.whole().body()).doesNotContain(reply.status());
  }

  @Test
  void whateverIsSentAsJsonHasAnExample() {
    var without = new ArrayList<String>();
    CONTRACT
        .get("paths")
        .properties()
        .forEach(path -> {
          var body = resolved(path.getValue().path("post").path("requestBody"));
          var json = body.path("content").path("application/json");
          if (!json.isMissingNode() && !json.has("example")) without.add(path.getKey());
        });

    assertThat(without).containsExactly("/api/v1/session"); // which logs in
  }
}
