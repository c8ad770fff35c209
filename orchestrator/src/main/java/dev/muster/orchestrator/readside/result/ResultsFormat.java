package dev.muster.orchestrator.readside.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.readside.view.ReceiptView;
import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills the shape that TEST_RESULTS_FORMAT asks for with what the runtime itself found.
///
/// Every key of the shape stays. What the file states as an example and the runtime cannot know (a
/// coverage, a line count) becomes null: a results file never repeats a claim as a finding.
final class ResultsFormat {
  private static final String DEFAULT =
      """
      {"worker_id": "", "worker_name": "", "status": "pass|fail", "deliverables_created": [],
       "test_results": {}, "duration_seconds": 0, "timestamp": "", "errors": []}\
      """;
  private static final Set<String> GOOD =
      Set.of(
          "pass", "passed", "success", "succeeded", "ok", "complete", "completed", "true", "yes");
  private static final Set<String> BAD =
      Set.of("fail", "failed", "failure", "error", "incomplete", "false", "no");

  private final WorkerDetail worker;
  private final List<ReceiptView.Test> tests;

  private ResultsFormat(WorkerDetail worker) {
    this.worker = worker;
    var receipt = worker.history().receipt();
    this.tests = receipt == null ? List.of() : receipt.tests();
  }

  /// @param format the JSON object as text; null or unreadable gives a shape of ours
  static ObjectNode fill(@Nullable String format, WorkerDetail worker) {
    return new ResultsFormat(worker).object(parse(format));
  }

  private static ObjectNode parse(@Nullable String format) {
    try {
      if (format != null && Json.mapper().readTree(format) instanceof ObjectNode shape) {
        return shape;
      }
    } catch (JsonProcessingException _) {
      // A finding of the linter; the results are still owed.
    }
    try {
      return (ObjectNode) Json.mapper().readTree(DEFAULT);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode object(ObjectNode shape) {
    var filled = Json.mapper().createObjectNode();
    shape
        .properties()
        .forEach(field -> filled.set(field.getKey(), value(field.getKey(), field.getValue())));
    return filled;
  }

  private JsonNode value(String name, JsonNode example) {
    var json = Json.mapper().getNodeFactory();
    var settledAt = worker.worker().settledAt();
    var seconds = worker.worker().durationSeconds();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "worker_id", "worker", "id" ->
          example.asText().isEmpty() ? json.textNode(worker.worker().id()) : example;
      case "worker_name", "name", "title" ->
          example.asText().isEmpty() ? json.textNode(worker.worker().title()) : example;
      case "phase", "wave" -> example;
      case "status", "result" -> status(example);
      case "timestamp", "completed_at", "finished_at" ->
          settledAt == null ? json.nullNode() : json.textNode(Json.instant(settledAt));
      case "duration_seconds", "duration", "duration_sec" ->
          seconds == null ? json.nullNode() : json.numberNode(seconds);
      case "duration_minutes" ->
          seconds == null ? json.nullNode() : json.numberNode(Math.round(seconds / 6) / 10.0);
      case "deliverables_created", "deliverables" -> texts(paths());
      case "errors", "issues", "failures" -> texts(errors());
      case "tests_passed" -> json.numberNode(passed());
      case "tests_failed" -> json.numberNode(tests.size() - passed());
      case "tests_run", "tests_total" -> json.numberNode(tests.size());
      case "test_results", "tests" ->
          example instanceof ObjectNode shape ? testResults(shape) : unknown(example);
      case String _ -> example instanceof ObjectNode nested ? object(nested) : unknown(example);
    };
  }

  private JsonNode status(JsonNode example) {
    var json = Json.mapper().getNodeFactory();
    if (rehearsed()) return json.textNode(WorkerPhase.REHEARSED.name());
    if (example.isBoolean()) return json.booleanNode(completed());
    var words = alternatives(example);
    if (completed() && words.size() == 1) return example;
    return word(words, completed(), worker.worker().state().name());
  }

  /// As many keys as tests: each key takes its own test. Otherwise each takes the whole verdict.
  private JsonNode testResults(ObjectNode shape) {
    var filled = Json.mapper().createObjectNode();
    if (shape.isEmpty()) {
      for (var i = 0; i < tests.size(); i++) filled.put("test_" + (i + 1), verdict(i));
      return filled;
    }
    var each = shape.size() == tests.size();
    var index = 0;
    for (var field : shape.properties()) {
      filled.set(field.getKey(), tested(field.getValue(), each ? index++ : -1));
    }
    return filled;
  }

  private String verdict(int index) {
    return tests.get(index).passed() ? "pass" : "fail";
  }

  private JsonNode tested(JsonNode example, int index) {
    var json = Json.mapper().getNodeFactory();
    if (rehearsed()) return json.textNode(WorkerPhase.REHEARSED.name());
    if (tests.isEmpty()) return json.nullNode();
    var receipt = worker.history().receipt();
    var passed = index < 0 ? receipt != null && receipt.passed() : tests.get(index).passed();
    return example.isBoolean()
        ? json.booleanNode(passed)
        : word(alternatives(example), passed, passed ? "pass" : "fail");
  }

  private static JsonNode word(List<String> words, boolean good, String otherwise) {
    var wanted = good ? GOOD : BAD;
    return Json.mapper()
        .getNodeFactory()
        .textNode(
            words.stream()
                .filter(word -> wanted.contains(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(otherwise));
  }

  private static List<String> alternatives(JsonNode example) {
    return example.isTextual() ? List.of(example.asText().split("\\s*[|/]\\s*", 10)) : List.of();
  }

  /// A path that was delivered is known; anything else the file merely gives as an example.
  private JsonNode unknown(JsonNode example) {
    if (example.isTextual() && paths().contains(example.asText())) return example;
    return NullNode.getInstance();
  }

  private boolean completed() {
    return worker.worker().state() == WorkerPhase.COMPLETED;
  }

  private boolean rehearsed() {
    return worker.worker().state() == WorkerPhase.REHEARSED;
  }

  private long passed() {
    return tests.stream().filter(ReceiptView.Test::passed).count();
  }

  private List<String> paths() {
    var receipt = worker.history().receipt();
    return receipt == null
        ? List.of()
        : receipt.deliverables().stream().map(Artifact::path).toList();
  }

  private List<String> errors() {
    var detail = worker.worker().detail();
    if (!worker.history().failures().isEmpty()) return worker.history().failures();
    return detail == null || completed() || rehearsed() ? List.of() : List.of(detail);
  }

  private static ArrayNode texts(List<String> texts) {
    var array = Json.mapper().createArrayNode();
    texts.forEach(array::add);
    return array;
  }
}
