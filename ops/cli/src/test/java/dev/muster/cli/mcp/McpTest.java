package dev.muster.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpTest {
  private static final String HELLO =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      """;

  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new CliBench(folder).nodeRuns();
    bench.node.text("/api/v1/me", "{\"name\":\"ann\",\"kind\":\"user\",\"roles\":[\"approver\"]}");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void it_says_what_it_is_and_offers_nothing_that_decides() {
    var answers = talk("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");

    assertThat(answers.getFirst().at("/result/serverInfo/name").asText()).isEqualTo("muster");
    assertThat(answers.getFirst().at("/result/instructions").asText()).contains("Plan first");
    assertThat(names(answers.get(1)))
        .containsExactly(
            "muster_plan",
            "muster_policy_check",
            "muster_run",
            "muster_report",
            "muster_approvals");
  }

  @Test
  void only_a_token_of_its_own_lets_it_decide() {
    bench.environment.put("MUSTER_TOKEN", "an-approvers");

    assertThat(names(talk("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").get(1)))
        .contains("muster_decide");
  }

  @Test
  void a_token_that_may_not_decide_does_not() {
    bench.environment.put("MUSTER_TOKEN", "an-operators");
    bench.node.text("/api/v1/me", "{\"name\":\"bob\",\"kind\":\"user\",\"roles\":[\"operator\"]}");

    var answers = talk(call("muster_decide", "{\"approval\":\"a\",\"decision\":\"approve\"}"));

    assertThat(answers.get(1).at("/error/message").asText()).contains("Unknown tool");
    assertThat(bench.node.posts).isEmpty();
  }

  @Test
  void a_plan_needs_no_node_and_starts_nothing() throws IOException {
    var made = Files.createDirectories(folder.resolve("work"));
    Files.writeString(made.resolve("WORKER_001_One.md"), "# Worker 001: One\n\n**Priority:** 2\n");

    var answer = talk(call("muster_plan", "{\"folder\":\"work\"}")).get(1);

    assertThat(answer.at("/result/isError").asBoolean()).isFalse();
    assertThat(content(answer)).contains("WORKER_001").contains("no-test");
    assertThat(bench.node.posts).isEmpty();
  }

  @Test
  void what_cannot_be_done_is_said_with_what_to_do_next() {
    var answer = talk(call("muster_plan", "{\"folder\":\"nowhere\"}")).get(1);

    assertThat(answer.at("/result/isError").asBoolean()).isTrue();
    assertThat(content(answer)).contains("there is no file or folder");
  }

  @Test
  void a_run_that_it_starts_asks_before_everything() {
    bench.node.run("run_9", Samples.run("RUNNING", 0, 0, 0, 1));

    var answer = talk(call("muster_run", "{\"folder\":\"work\",\"rehearse\":true}")).get(1);

    assertThat(content(answer)).contains("run_9");
    var order = bench.node.bodies.getFirst();
    assertThat(order.path("folder").asText()).isEqualTo(folder.resolve("work").toString());
    assertThat(order.path("rehearse").asBoolean()).isTrue();
    assertThat(order.has("approve")).isFalse();
  }

  @Test
  void a_report_names_the_run_and_who_needs_somebody() {
    bench.node.run("run_9", Samples.run("RUNNING", 0, 0, 0, 1));

    assertThat(content(talk(call("muster_report", "{}")).get(1)))
        .contains("\"id\" : \"run_9\"")
        .contains("\"workers\"");
  }

  @Test
  void garbage_is_answered_or_passed_over_and_ends_nothing() {
    var answers = talk("not json", call("muster_approvals", "{}"));

    // Each when it is ready, which need not be in their order.
    assertThat(answers).anyMatch(it -> it.at("/error/code").asInt() == -32700);
    assertThat(answers).anyMatch(it -> content(it).contains("\"items\""));
  }

  @Test
  void what_its_server_could_not_read_is_answered_and_what_follows_too() {
    var answers =
        talk(
            "{\"jsonrpc\":\"2.0\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":99999999999999999999,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\",\"params\":5}",
            "{\"jsonrpc\":\"2.0\",\"id\":6,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}");

    assertThat(answers).filteredOn(it -> it.at("/error/code").asInt() == -32600).hasSize(6);
    assertThat(answers).anyMatch(it -> it.path("id").asInt() == 7 && it.has("result"));
  }

  @Test
  void who_says_nothing_of_being_ready_is_told_and_kept_waiting_for_nothing() {
    bench.types("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}\n");

    assertThat(bench.muster("mcp")).isZero();

    assertThat(bench.out()).contains("\"id\":2", "expected notifications/initialized before");
  }

  private List<JsonNode> talk(String... lines) {
    bench.types(HELLO + String.join("\n", lines) + "\n");
    assertThat(bench.muster("mcp")).isZero();
    var answers = new ArrayList<JsonNode>();
    for (var line : bench.out().split("\n", -1)) {
      if (!line.isBlank()) answers.add(Json.parse(line, "the answer"));
    }
    return answers;
  }

  private static String call(String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
        .formatted(tool, arguments);
  }

  private static List<String> names(JsonNode answer) {
    var names = new ArrayList<String>();
    answer.at("/result/tools").forEach(tool -> names.add(tool.path("name").asText()));
    return names;
  }

  private static String content(JsonNode answer) {
    return answer.at("/result/content/0/text").asText(answer.toString());
  }
}
