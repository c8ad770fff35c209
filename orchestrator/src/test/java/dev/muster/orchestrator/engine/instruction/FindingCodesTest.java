package dev.muster.orchestrator.engine.instruction;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every code that one spoiled file or one spoiled folder can show, with the line it points to.
class FindingCodesTest {
  /// @param at the text of the line the finding must point to; empty for the first line
  private record Fault(Code code, String at, UnaryOperator<Sample> spoil) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(Code.NO_TEST, "## 6. TEST_PROCESS", s -> s.section("TEST_PROCESS", "Look.")),
          new Fault(
              Code.INVALID_OPERATION,
              "```bash operation=",
              s -> s.section("EXECUTION", "```bash operation=\ntrue\n```")),
          new Fault(
              Code.INVALID_SCRIPT,
              "cat > x <<'MD'",
              s -> s.section("TEST_PROCESS", "```bash\ntrue\ncat > x <<'MD'\ncmp x y\n MD\n```")),
          new Fault(
              Code.UNCLEAR_SCRIPT,
              "  fi",
              s -> s.section("EXECUTION", "```\nif true; then\n  fi; fi\n```")),
          new Fault(
              Code.IGNORED_ATTRIBUTE,
              "```bash network=true",
              s -> s.section("TEST_PROCESS", "```bash network=true\ntest -f x\n```")),
          new Fault(
              Code.INVALID_LABEL,
              "- **Labels:** docker, any",
              s -> s.section("RESOURCE_REQUIREMENTS", "- **CPU:** 1\n- **Labels:** docker, any")),
          new Fault(Code.MISSING_POINT, "", s -> s.without("MITIGATION")),
          new Fault(Code.EMPTY_POINT, "## 5. MITIGATION", s -> s.section("MITIGATION", "")),
          new Fault(
              Code.THIN_POINT,
              "## 3. BOUNDARIES",
              s -> s.section("BOUNDARIES", "- **CAN create:** x")),
          new Fault(
              Code.FOLDED_POINTS,
              "7-10. [Standard sections]",
              s ->
                  s.without("RETROSPECTIVE")
                      .section("7-10. [Standard sections]", "**Type:** HYBRID")),
          new Fault(
              Code.DUPLICATE_POINT,
              "12. Mitigation",
              s -> s.section("Mitigation", "- **Rollback:** again")),
          new Fault(Code.PLACEHOLDER, "- TBD", s -> s.section("SUCCESS_CRITERIA", "- One\n- TBD")),
          new Fault(
              Code.MASKED_TEST,
              "test -f a || echo FAIL",
              s -> s.section("TEST_PROCESS", "```bash\n\ntest -f a || echo FAIL\n```")),
          new Fault(
              Code.INVALID_RESULTS_FORMAT,
              "```json",
              s -> s.section("TEST_RESULTS_FORMAT", "```json\n[1]\n```")),
          new Fault(
              Code.INVALID_DELIVERABLE,
              "../escape.txt",
              s -> s.section("DELIVERABLES", "- `out/a.txt`\n- `../escape.txt`")),
          new Fault(
              Code.NO_DELIVERABLE,
              "- Class `Scanner`",
              s -> s.section("DELIVERABLES", "- `out/a.txt`\n- Class `Scanner`")),
          new Fault(Code.UNKNOWN_DEPENDENCY, "WORKER_777", s -> s.dependsOn("WORKER_777 complete")),
          new Fault(Code.INVALID_DEPENDENCY, "WORKER_009-001", s -> s.dependsOn("WORKER_009-001")),
          new Fault(
              Code.UNCLEAR_DEPENDENCY, "- See WORKER_777", s -> s.dependsOn("See WORKER_777")),
          new Fault(
              Code.UNKNOWN_OPERATION,
              "```bash operation=fly",
              s -> s.section("EXECUTION", "```bash operation=fly\ntrue\n```")),
          new Fault(
              Code.UNCLOSED_FENCE,
              "```bash",
              s -> s.without("EXECUTION").section("EXECUTION", "```bash\necho done > out/x")),
          new Fault(
              Code.IGNORED_BLOCK,
              "```python",
              s -> s.section("EXECUTION", "```bash\ntrue\n```\n```python\nprint()\n```")),
          new Fault(Code.ID_MISMATCH, "", s -> s.heading("# Worker 999: Other")),
          new Fault(
              Code.UNCLOSED_COMMENT,
              "<!-- later",
              s -> s.section("NOTES", "<!-- later\nnothing more is read")),
          new Fault(
              Code.MISSPELT_NAME,
              "**Prioriy:** 2",
              s -> s.withoutMetadata("Priority").metadata("Prioriy", "2")),
          new Fault(
              Code.CONTRADICTION,
              "- Priority: 3",
              s -> s.section("PERFORMANCE_REQUIREMENTS", "- Target: 1 s\n- Priority: 3")),
          new Fault(Code.CONTRADICTION, "**PRIORITY:** 3", s -> s.metadata("PRIORITY", "3")),
          new Fault(
              Code.IGNORED_FIELD,
              "**Status:** CANCELLED",
              s -> s.metadata("Status", "CANCELLED by ops")),
          new Fault(
              Code.IGNORED_FIELD,
              "**Requires approval:** yes",
              s -> s.metadata("Requires approval", "yes, an admin")),
          new Fault(
              Code.OUTER_FENCE,
              "```markdown",
              s -> s.heading("```markdown\n# Worker 007: Sample").section("NOTES", "None.\n```")),
          new Fault(Code.INVALID_PHASE, "**Phase:** Alpha", s -> s.metadata("Phase", "Alpha")),
          new Fault(Code.INVALID_DURATION, "**Duration:** 20", s -> s.metadata("Duration", "20")),
          new Fault(
              Code.INVALID_PRIORITY, "**Priority:** soon", s -> s.metadata("Priority", "soon")),
          new Fault(Code.NO_PRIORITY, "", s -> s.withoutMetadata("Priority")),
          new Fault(
              Code.INVALID_LIMIT,
              "- Degradation limit: abort after a",
              s ->
                  s.section(
                      "PERFORMANCE_REQUIREMENTS",
                      "- Fast\n- Degradation limit: abort after a while")),
          new Fault(Code.DEPENDENCY_CYCLE, "- WORKER_001", s -> s.dependsOn("WORKER_001")),
          new Fault(
              Code.LOW_SCORE,
              "",
              s -> s.without("BOUNDARIES").without("MITIGATION").without("RETROSPECTIVE")));

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultShowsAsItsCodeAtItsLine() {
    return FAULTS.stream().map(f -> DynamicTest.dynamicTest(f.code().text(), () -> shows(f)));
  }

  private void shows(Fault fault) throws IOException {
    var sample = fault.spoil().apply(Sample.of(1));
    var home = Files.createTempDirectory(folder, fault.code().text());
    sample.write(home);

    var report = Linter.lint(Workforce.read(home), Linter.Options.DEFAULT);

    var findings = report.files().getFirst().findings();
    assertThat(findings).extracting(Finding::code).contains(fault.code());
    var finding = findings.stream().filter(f -> f.code() == fault.code()).findFirst().orElseThrow();
    assertThat(finding.severity()).isEqualTo(fault.code().severity());
    assertThat(finding.fix()).isNotBlank();
    var line = sample.text().lines().skip(finding.line() - 1L).findFirst().orElseThrow();
    assertThat(line).contains(fault.at());
  }

  @Test
  void aTestThatPrintsItsVerdictIsToldHowItIsJudged() {
    assertThat(masked("test -f a || echo 'FAIL: a is missing'"))
        .contains("only a line of output that begins with the word FAIL");
    assertThat(masked("test -f a || true")).doesNotContain("FAIL");
  }

  private static String masked(String test) {
    return Sample.of(1)
        .section("TEST_PROCESS", "```bash\n" + test + "\n```")
        .compile()
        .findings()
        .stream()
        .filter(finding -> finding.code() == Code.MASKED_TEST)
        .map(Finding::message)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSoundFileShowsNone() {
    assertThat(Sample.of(1).compile().findings()).isEmpty();
    assertThat(Sample.of(1).compile().score()).isEqualTo(100);
  }

  @Test
  void whatOnlyFoldersShow() throws IOException {
    Sample.of(1).write(folder);
    Sample.of(1).section("DELIVERABLES", "- `out/WORKER_002.txt`").write(folder.resolve("again"));
    Sample.of(2).dependsOn("WORKER_003").write(folder);
    Sample.of(3).metadata("Priority", "2").write(folder);
    Sample.of(4).dependsOn("WORKER_005 complete").write(folder);
    Sample.of(5).dependsOn("WORKER_004 complete").write(folder);
    Files.createDirectory(folder.resolve("WORKER_006_Folder.md"));
    Files.write(folder.resolve("WORKER_007_Latin.md"), new byte[] {'#', '\n', (byte) 0xE9, '\n'});
    Files.writeString(folder.resolve("WORKER_x.md"), "# No number\n");

    var report = Linter.lint(Workforce.read(folder), Linter.Options.DEFAULT);

    assertThat(codes(report, "WORKER_001_Sample.md")).contains(Code.DUPLICATE_ID);
    assertThat(codes(report, "again/WORKER_001_Sample.md")).contains(Code.DUPLICATE_ID);
    assertThat(codes(report, "WORKER_002_Sample.md"))
        .contains(Code.LATER_WAVE_DEPENDENCY, Code.OVERLAPPING_DELIVERABLE);
    assertThat(codes(report, "WORKER_004_Sample.md")).contains(Code.DEPENDENCY_CYCLE);
    assertThat(codes(report, "WORKER_005_Sample.md")).contains(Code.DEPENDENCY_CYCLE);
    assertThat(codes(report, "WORKER_006_Folder.md")).contains(Code.UNREADABLE_FILE);
    assertThat(codes(report, "WORKER_007_Latin.md")).contains(Code.NOT_UTF8);
    assertThat(codes(report, "WORKER_x.md")).contains(Code.MISSING_ID);
    assertThat(report.summary().files()).isEqualTo(9);
  }

  @Test
  void strictRaisesWarningsToErrors() throws IOException {
    Sample.of(1).without("MITIGATION").write(folder);

    var lenient = Linter.lint(Workforce.read(folder), Linter.Options.DEFAULT).summary();
    var strict = Linter.lint(Workforce.read(folder), new Linter.Options(80, true)).summary();

    assertThat(lenient).isEqualTo(new LintReport.Summary(1, 0, 1, 1));
    assertThat(strict).isEqualTo(new LintReport.Summary(1, 1, 0, 0));
  }

  @Test
  void everyCodeIsShownByATest() {
    var shown = EnumSet.noneOf(Code.class);
    FAULTS.forEach(fault -> shown.add(fault.code()));
    shown.addAll(
        List.of( // whatOnlyFoldersShow
            Code.DUPLICATE_ID,
            Code.LATER_WAVE_DEPENDENCY,
            Code.OVERLAPPING_DELIVERABLE,
            Code.UNREADABLE_FILE,
            Code.NOT_UTF8,
            Code.MISSING_ID));
    shown.addAll(List.of(Code.MISNAMED_FILE, Code.IGNORED_FILE)); // MisnamedTest
    shown.add(Code.TOO_MANY_DEPENDENCIES); // DependencyGraphTest
    shown.add(Code.NO_EXECUTION); // PlannerTest
    shown.addAll(
        List.of(Code.UNKNOWN_ROLE, Code.INVALID_ROLE, Code.INVALID_PROMPT)); // AgentFilesTest

    assertThat(shown).containsExactlyInAnyOrder(Code.values());
  }

  private static List<Code> codes(LintReport report, String end) {
    Map<String, List<Code>> byFile =
        report.files().stream()
            .collect(
                toMap(FileReport::file, f -> f.findings().stream().map(Finding::code).toList()));
    return byFile.entrySet().stream()
        .filter(e -> e.getKey().endsWith("/" + end))
        .min(Map.Entry.comparingByKey(Comparator.comparingInt(String::length)))
        .orElseThrow()
        .getValue();
  }
}
