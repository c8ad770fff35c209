package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The JSON that scripts read: keys and types that never change. More keys may be there.
final class Shapes {
  private static final List<String> POINTS =
      List.of(
          "DELIVERABLES",
          "SUCCESS_CRITERIA",
          "BOUNDARIES",
          "DEPENDENCIES",
          "MITIGATION",
          "TEST_PROCESS",
          "TEST_RESULTS_FORMAT",
          "TASK_CLASSIFICATION",
          "RETROSPECTIVE",
          "PERFORMANCE_REQUIREMENTS");
  private static final Predicate<JsonNode> TEXT = JsonNode::isTextual;
  private static final Predicate<JsonNode> NUMBER = JsonNode::isInt;
  private static final Predicate<JsonNode> OBJECT = JsonNode::isObject;
  private static final Predicate<JsonNode> LIST = JsonNode::isArray;
  private static final Predicate<JsonNode> TEXTS = list(TEXT);
  private static final Predicate<JsonNode> TEXT_OR_NULL = TEXT.or(JsonNode::isNull);
  private static final Predicate<JsonNode> NUMBER_OR_NULL = NUMBER.or(JsonNode::isNull);

  private Shapes() {}

  static void lint(JsonNode report) {
    has(report, Map.of("files", LIST, "summary", OBJECT));
    has(
        report.path("summary"),
        Map.of("files", NUMBER, "errors", NUMBER, "warnings", NUMBER, "passed", NUMBER));
    assertThat(report.at("/summary/files").asInt()).isEqualTo(report.path("files").size());
    assertThat(report.path("files")).allSatisfy(Shapes::file);
  }

  private static void file(JsonNode file) {
    has(
        file,
        Map.of(
            "file", TEXT,
            "id", TEXT_OR_NULL,
            "title", TEXT,
            "phase", TEXT_OR_NULL,
            "priority", NUMBER_OR_NULL,
            "points", OBJECT,
            "missing", TEXTS,
            "dependencies", TEXTS,
            "deliverables", TEXTS,
            "tests", NUMBER));
    has(file, Map.of("type", TEXT_OR_NULL, "score", NUMBER, "findings", LIST));
    assertThat(file.path("score").asInt()).isBetween(0, 100);
    assertThat(file.path("points").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(POINTS);
    for (var point : POINTS) {
      assertThat(file.path("points").path(point).isBoolean()).isTrue();
      assertThat(file.path("missing").toString().contains('"' + point + '"'))
          .isNotEqualTo(file.path("points").path(point).asBoolean());
    }
    assertThat(file.path("findings")).allSatisfy(Shapes::finding);
  }

  private static void finding(JsonNode finding) {
    has(
        finding,
        Map.of("code", TEXT, "severity", TEXT, "line", NUMBER, "message", TEXT, "fix", TEXT));
    assertThat(finding.path("severity").asText()).isIn("ERROR", "WARNING", "INFO");
    assertThat(finding.path("line").asInt()).isPositive();
    assertThat(finding.path("message").asText()).isNotBlank();
  }

  static void plan(JsonNode plan) {
    has(
        plan,
        Map.of(
            "waves", LIST,
            "edges", list(TEXTS.and(pair -> pair.size() == 2)),
            "criticalPath", TEXTS,
            "gates", LIST,
            "conflicts", LIST,
            "forecast", OBJECT,
            "findings", LIST));
    assertThat(plan.path("waves"))
        .allSatisfy(wave -> has(wave, Map.of("wave", NUMBER, "name", TEXT, "workers", TEXTS)));
    assertThat(plan.path("gates"))
        .allSatisfy(gate -> has(gate, Map.of("worker", TEXT, "kind", TEXT)));
    assertThat(plan.path("conflicts"))
        .allSatisfy(conflict -> has(conflict, Map.of("path", TEXT, "workers", TEXTS)));
    assertThat(plan.at("/forecast/seconds").isIntegralNumber()).isTrue();
    assertThat(plan.path("findings")).allSatisfy(Shapes::finding);
  }

  private static Predicate<JsonNode> list(Predicate<JsonNode> element) {
    return node -> {
      if (!node.isArray()) return false;
      for (var item : node) if (!element.test(item)) return false;
      return true;
    };
  }

  private static void has(JsonNode node, Map<String, Predicate<JsonNode>> keys) {
    keys.forEach((key, type) ->
        assertThat(type.test(node.path(key)))
            .as("%s has its promised type in %s", key, node)
            .isTrue());
  }
}
