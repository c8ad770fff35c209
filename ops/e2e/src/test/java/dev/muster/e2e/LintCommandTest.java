package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster lint` and `muster plan` on files that people wrote, and on files that nobody should.
class LintCommandTest {
  private static final Path CORPUS = Muster.repository().resolve("../shared/corpus").normalize();
  private static final Path HELLO = Muster.repository().resolve("instructions/hello");
  private static final String FINDING = "\\S.*:[1-9][0-9]*: (error|warning|info) [a-z0-9-]+: .+";

  @TempDir Path folder;
  private Muster muster;

  @BeforeEach
  void start() {
    muster = new Muster(folder);
  }

  @Test
  void theCorpusIsReadWholeAndItsReportHasThePromisedShape() {
    assumeTrue(Files.isDirectory(CORPUS), "the corpus is not beside this repository");
    var ended = muster.ask("lint", CORPUS.toString(), "-o", "json");
    var report = Journal.parse(ended.out());
    Shapes.lint(report);
    assertThat(report.path("files")).hasSize(24);
    assertThat(report.path("files"))
        .allSatisfy(file -> {
          assertThat(file.path("id").asText()).matches("WORKER_\\d{3}");
          assertThat(codes(file)).doesNotContain("unreadable-file", "not-utf8");
        });
    var errors = report.at("/summary/errors").asInt();
    assertThat(ended.exit()).isEqualTo(errors > 0 ? 1 : 0);
    assertThat(ended.err()).doesNotContain("Exception");
  }

  @Test
  void theCorpusIsWalkedThroughAndNothingOfItIsDone() {
    assumeTrue(Files.isDirectory(CORPUS), "the corpus is not beside this repository");
    var target = muster.target().toString();
    var corpus = CORPUS.toString();
    var ended = muster.ask("run", corpus, "--no-input", "--rehearse", "--target", target);
    assertThat(ended.exit()).as(ended.toString()).isZero();
    var summary = Journal.summary(muster);
    assertThat(summary.path("state").asText()).isEqualTo("REHEARSED");
    assertThat(summary.at("/workers/rehearsed").asInt()).isEqualTo(24);
    assertThat(muster.target()).isEmptyDirectory();
  }

  @Test
  void thePlanOfTheCorpusHasThePromisedShapeAndNamesWhatIsMissing() {
    assumeTrue(Files.isDirectory(CORPUS), "the corpus is not beside this repository");
    var ended = muster.ask("plan", CORPUS.toString(), "-o", "json");
    assertThat(ended.exit()).as(ended.toString()).isZero();
    var plan = Journal.parse(ended.out());
    Shapes.plan(plan);
    var codes = new TreeSet<String>();
    plan.path("findings").forEach(finding -> codes.add(finding.path("code").asText()));
    assertThat(codes).contains("unknown-dependency");
  }

  @Test
  void hostileFilesBecomeFindingsAndHideNoOther() throws Exception {
    var hostile = HostileFolder.in(folder.resolve("hostile"));
    // A process: what the machine itself writes would otherwise go unseen.
    var ended = muster.run("lint", hostile.folder().toString(), "-o", "json");
    assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
    assertNoTrace(ended);
    var report = Journal.parse(ended.out());
    Shapes.lint(report);

    var codes = new HashMap<String, Set<String>>();
    for (var file : report.path("files")) {
      var path = hostile.folder().relativize(Path.of(file.path("file").asText())).toString();
      assertThat(codes.put(path, codes(file))).as("%s is reported once", path).isNull();
    }
    assertThat(codes).containsKeys(hostile.files().toArray(String[]::new));
    assertThat(codes.get(HostileFolder.GOOD)).contains("duplicate-id");
    assertThat(codes.get(HostileFolder.GOOD)).containsAll(codes.get(HostileFolder.GOOD_WITH_CRLF));
    assertThat(codes.get(HostileFolder.GOOD_WITH_CRLF)).doesNotContain("duplicate-id");
    assertThat(codes.get("WORKER_101_Binary.md")).contains("not-utf8");
    assertThat(codes.get("WORKER_102_Empty.md")).contains("missing-point", "no-test");
    assertThat(codes.get("WORKER_103_Huge.md")).containsExactly("unreadable-file");
    assertThat(codes.get("WORKER_104_Latin.md")).contains("not-utf8");
    assertThat(codes.get("WORKER_105_Nul.md")).contains("not-utf8");
    assertThat(codes.get("WORKER_107_Unclosed.md")).contains("unclosed-fence");
    assertThat(codes.get("WORKER_112_Json.md")).contains("invalid-results-format");
    assertThat(codes.get("WORKER_no_number.md")).contains("missing-id");
    for (var name :
        List.of("WORKER_117_Loop.md", "WORKER_118_Nowhere.md", "WORKER_119_Folder.md")) {
      assertThat(codes.get(name)).as(name).contains("unreadable-file");
    }
    if (!Files.isReadable(hostile.folder().resolve("WORKER_106_Unreadable.md"))) {
      assertThat(codes.get("WORKER_106_Unreadable.md")).contains("unreadable-file");
    }
    var latin = finding(report, "WORKER_104_Latin.md", "not-utf8");
    assertThat(latin.path("line").asInt()).as("the line with the ü").isEqualTo(1);
    assertThat(finding(report, "WORKER_105_Nul.md", "not-utf8").path("line").asInt()).isEqualTo(4);
  }

  @Test
  void hostileFilesAreToldWithFileAndLineAndCommandNoTerminal() throws Exception {
    var hostile = HostileFolder.in(folder.resolve("hostile"));
    var ended = muster.ask("lint", hostile.folder().toString());
    assertThat(ended.exit()).isEqualTo(1);
    assertNoTrace(ended);
    assertThat(ended.out()).doesNotContain("\u001B", "\u0007", "\0");
    var lines = ended.out().lines().toList();
    var advice = lines.stream().filter(line -> line.startsWith("What a finding means")).toList();
    assertThat(advice).hasSize(1);
    assertThat(lines.subList(0, lines.indexOf(advice.getFirst())))
        .allMatch(line -> line.startsWith("    ") || line.matches(FINDING));
    assertThat(lines).anyMatch(line -> line.matches("    and \\d+ times? more: .*"));
    assertThat(lines.getLast()).matches("\\d+ files: \\d+ passed, \\d+ errors?, \\d+ warnings?");
  }

  @Test
  void aPlanOfHostileFilesIsPrintedAndSaysWhoCanNeverBeReleased() throws Exception {
    var hostile = HostileFolder.in(folder.resolve("hostile"));
    var ended = muster.ask("plan", hostile.folder().toString(), "-o", "json");
    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertNoTrace(ended);
    var plan = Journal.parse(ended.out());
    Shapes.plan(plan);
    var planned = new TreeSet<String>();
    plan.path("waves")
        .forEach(wave -> wave.path("workers").forEach(it -> planned.add(it.asText())));
    assertThat(planned).contains("WORKER_002").doesNotContain("WORKER_101", "WORKER_103");
    var unreleasable = new TreeSet<String>();
    plan.path("unreleasable")
        .forEach(it -> {
          assertThat(it.path("reason").asText()).isNotEmpty();
          unreleasable.add(it.path("file").asText());
        });
    assertThat(unreleasable)
        .contains(
            hostile.folder().resolve("WORKER_101_Binary.md").toString(),
            hostile.folder().resolve("WORKER_118_Nowhere.md").toString());
  }

  @Test
  void exitCodesTellCleanFromFaultyFromMisusedFromMissing() throws IOException {
    assertExit(0, "lint", HELLO.toString());
    assertExit(2, "lint");
    assertExit(2, "lint", HELLO.toString(), "--min-score", "101");
    assertExit(3, "lint", folder.resolve("not-there").toString());
    assertExit(3, "plan", Files.createDirectory(folder.resolve("empty")).toString());
    assertExit(2, "plan", HELLO.toString(), "--waves", "no-such-plan");
  }

  private void assertExit(int code, String... arguments) {
    var ended = muster.ask(arguments);
    assertThat(ended.exit()).as(ended.toString()).isEqualTo(code);
    assertNoTrace(ended);
    if (code != 0) assertThat(ended.err()).isNotBlank();
  }

  private static void assertNoTrace(Muster.Ended ended) {
    assertThat(ended.out() + ended.err())
        .doesNotContain("\tat ", "Exception", "StackOverflow", "OutOfMemory");
  }

  private static Set<String> codes(JsonNode file) {
    var codes = new TreeSet<String>();
    file.path("findings").forEach(finding -> codes.add(finding.path("code").asText()));
    return codes;
  }

  private static JsonNode finding(JsonNode report, String name, String code) {
    return StreamSupport.stream(report.path("files").spliterator(), false)
        .filter(file -> file.path("file").asText().endsWith(name))
        .flatMap(file -> StreamSupport.stream(file.path("findings").spliterator(), false))
        .filter(finding -> finding.path("code").asText().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has no " + code));
  }
}
