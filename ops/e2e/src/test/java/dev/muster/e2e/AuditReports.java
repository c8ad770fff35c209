package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;

/// What other programs expect of the audit's reports.
///
/// @param folder where the reports lie
/// @param findings how many there must be
record AuditReports(Path folder, int findings) {
  void json() throws IOException {
    var report = Journal.parse(read("report.json"));
    assertThat(report.path("findings"))
        .hasSize(findings)
        .allSatisfy(finding -> {
          assertThat(finding.path("rule").asText()).isNotEmpty();
          assertThat(finding.path("severity").asText()).isIn("critical", "high", "medium", "low");
          assertThat(finding.path("file").asText()).isNotEmpty();
          assertThat(finding.path("line").isInt()).isTrue();
        });
    assertThat(report.path("score").asDouble(-1)).isBetween(0.0, 100.0);
    assertThat(report.path("categories")).hasSize(6);
  }

  /// The properties that SARIF 2.1.0 requires, and those that code hosts refuse to do without.
  void sarif() throws IOException {
    var log = Journal.parse(read("report.sarif"));
    assertThat(log.path("version").asText()).isEqualTo("2.1.0");
    assertThat(log.path("$schema").asText()).contains("sarif-2.1.0");
    assertThat(log.path("runs")).hasSize(1);
    var run = log.at("/runs/0");
    assertThat(run.at("/tool/driver/name").asText()).isNotEmpty();
    var rules = rules(run);
    assertThat(rules).hasSize(80);
    assertThat(run.path("results"))
        .hasSize(findings)
        .allSatisfy(result -> {
          assertThat(rules).contains(result.path("ruleId").asText());
          assertThat(result.at("/message/text").asText()).isNotEmpty();
          assertThat(result.path("level").asText()).isIn("error", "warning", "note");
          var place = result.at("/locations/0/physicalLocation");
          assertThat(place.at("/artifactLocation/uri").asText()).matches("[!#-;=?-\\[\\]_a-z~%]+");
          assertThat(place.at("/region/startLine").asInt()).isPositive();
        });
  }

  private static Set<String> rules(JsonNode run) {
    var ids = new HashSet<String>();
    for (var rule : run.at("/tool/driver/rules")) {
      assertThat(rule.at("/shortDescription/text").asText()).isNotEmpty();
      ids.add(rule.path("id").asText());
    }
    return ids;
  }

  /// @param hostile what the target holds and no page may pass on
  void html(String... hostile) throws IOException {
    var page = read("report.html");
    assertThat(page).startsWith("<!DOCTYPE html>").contains("</html>");
    assertThat(page).doesNotContain(hostile).doesNotContainIgnoringCase("<script");
    assertThat(page).doesNotContainPattern("(?i)(src|href)\\s*=\\s*[\"']?(https?:)?//");
  }

  void junit() throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var document = factory.newDocumentBuilder().parse(folder.resolve("junit.xml").toFile());
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("testsuites");
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(80);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
