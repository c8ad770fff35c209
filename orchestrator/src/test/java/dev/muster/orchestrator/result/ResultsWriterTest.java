package dev.muster.orchestrator.result;

import static dev.muster.orchestrator.view.Journal.RUN;
import static dev.muster.orchestrator.view.Journal.assignment;
import static dev.muster.orchestrator.view.Journal.planned;
import static dev.muster.orchestrator.view.Journal.step;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.storage.KeptArtifacts;
import dev.muster.orchestrator.storage.Vendor;
import dev.muster.orchestrator.view.Journal;
import dev.muster.orchestrator.view.JournalMark;
import dev.muster.orchestrator.view.JournalReader;
import dev.muster.orchestrator.view.Json;
import dev.muster.orchestrator.view.RunViews;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptFailed;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerEvent.Rehearsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class ResultsWriterTest {
  private final Vendor vendor;
  private static final String FORMAT =
      """
      {"worker_id": "001", "worker_name": "Scanner", "status": "pass|fail",
       "deliverables_created": ["something else"],
       "test_results": {"file_exists": "pass|fail", "works": "pass|fail"},
       "coverage": {"overall": "92%"}, "deliverable": {"file": "out/report.md", "lines": 25},
       "duration_seconds": 0, "timestamp": "2026-01-13T00:00:00Z", "errors": []}\
      """;

  @TempDir private Path folder;
  private Journal journal;
  private ResultsWriter writer;
  private final KeptArtifacts artifacts = new KeptArtifacts();

  ResultsWriterTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open() {
    journal = new Journal(vendor.open(folder));
    var reader = new JournalReader(journal.database());
    writer =
        new ResultsWriter(
            new RunViews(reader, new JournalMark(reader, journal::now), journal::now),
            ResultsWriterTest::instruction,
            artifacts);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void aCompletedWorkerFillsTheShapeItsFileAsksFor() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("out/report.md", "b", step("test 1", 0), step("test 2", 0)));

    var json = Json.mapper().readTree(writer.writeWorker(RUN, "WORKER_001").toFile());

    assertThat(json.path("worker_id").asText()).isEqualTo("001");
    assertThat(json.path("status").asText()).isEqualTo("pass");
    assertThat(json.path("test_results").toString())
        .isEqualTo("{\"file_exists\":\"pass\",\"works\":\"pass\"}");
    assertThat(json.path("deliverables_created").toString()).isEqualTo("[\"out/report.md\"]");
    assertThat(json.path("duration_seconds").asDouble()).isEqualTo(3.0);
    assertThat(json.path("timestamp").asText()).isEqualTo("2026-03-01T10:00:03.000Z");
    assertThat(json.path("errors")).isEmpty();
    assertThat(json.path("muster").path("state").asText()).isEqualTo("COMPLETED");
    assertThat(json.path("muster").path("receipt").path("tests")).hasSize(2);
  }

  @Test
  void whatTheRuntimeCannotKnowIsNotRepeatedAsAFinding() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("out/report.md", "b", step("test 1", 0)));
    var json = Json.mapper().readTree(writer.writeWorker(RUN, "WORKER_001").toFile());
    assertThat(json.path("coverage").path("overall").isNull()).isTrue();
    assertThat(json.path("deliverable").path("lines").isNull()).isTrue();
    assertThat(json.path("deliverable").path("file").asText()).isEqualTo("out/report.md");
  }

  @Test
  void aBlockedWorkerSaysWhy() throws IOException {
    twoWorkers();
    journal.run(new WorkerBlocked("WORKER_002", "WORKER_001 is FAILED", journal.now()));
    var json = Json.mapper().readTree(writer.writeWorker(RUN, "WORKER_002").toFile());
    assertThat(json.path("status").asText()).isEqualTo("fail");
    assertThat(json.path("test_results").path("works").isNull()).isTrue();
    assertThat(json.path("errors").toString()).isEqualTo("[\"blocked: WORKER_001 is FAILED\"]");
  }

  @Test
  void aRehearsedWorkerNeverPasses() throws IOException {
    journal.run(journal.created(folder.resolve("out"), true, planned("WORKER_001", 1)));
    journal.worker(
        "WORKER_001",
        new Assigned(assignment("WORKER_001"), 0, journal.now()),
        new Rehearsed(journal.now()));
    journal.run(new RunFinished(RunPhase.REHEARSED, 7, journal.now()));
    writer.writeAll(RUN, null);
    assertThat(Files.readString(folder.resolve("out/run_0001/workers/WORKER_001.json")))
        .contains("\"status\" : \"REHEARSED\"")
        .doesNotContain("pass\"", "COMPLETED");
    assertThat(summary().path("state").asText()).isEqualTo("REHEARSED");
    assertThat(summary().path("workers").path("rehearsed").asInt()).isEqualTo(1);
  }

  @Test
  void aDeliverableMayBeNamedAsLongAsANameCanBe() {
    twoWorkers();
    var name = "out/" + "n".repeat(255);
    store("b", "12345");
    complete("WORKER_001", receipt(name, "b", step("test 1", 0)));
    writer.writeRun(RUN, null);
    assertThat(folder.resolve("out/run_0001/deliverables").resolve(name)).hasContent("12345");
  }

  /// Somebody who may write there puts a link in the way while the run goes on.
  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    twoWorkers();
    store("b", "EVIL");
    complete("WORKER_001", receipt("out/report.md", "b", step("test 1", 0)));
    var victim = Files.createDirectories(folder.resolve("victim/out"));
    Files.writeString(victim.resolve("report.md"), "keep");
    var run = Files.createDirectories(folder.resolve("out/run_0001"));
    Files.createSymbolicLink(run.resolve("deliverables"), folder.resolve("victim"));
    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("deliverables is a link to");
    assertThat(victim.resolve("report.md")).hasContent("keep");

    Files.delete(run.resolve("deliverables"));
    Files.move(folder.resolve("out"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("out"), folder.resolve("elsewhere"));
    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("out is a link to");
  }

  @Test
  void theSummaryHasTheKeysThatWerePromised() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("out/report.md", "b", step("test 1", 0)));
    writer.writeRun(RUN, null);
    assertThat(fields(summary()))
        .containsExactly(
            "run",
            "workforce",
            "state",
            "startedAt",
            "finishedAt",
            "durationSeconds",
            "waitedSeconds",
            "resumes",
            "workers",
            "waves",
            "approvals",
            "retrospectives",
            "successRate",
            "testPassRate",
            "headroom",
            "leftOut",
            "assumed",
            "notSelected",
            "findings",
            "conflicts");
    assertThat(fields(summary().path("workers")))
        .contains(
            "total", "completed", "failed", "blocked", "cancelled", "held", "waiting", "rehearsed");
    assertThat(fields(summary().path("waves").path(0)))
        .contains("wave", "total", "completed", "releasedAt", "settledAt", "holds");
    assertThat(summary().path("successRate").asDouble()).isEqualTo(0.5);
  }

  @Test
  void deliverablesLieWhereOperatorsLookAndTheLatestWaveWins() throws IOException {
    twoWorkers();
    complete("WORKER_002", receipt("out/report.md", "b", step("test 1", 0)));
    complete("WORKER_001", receipt("out/report.md", "a", step("test 1", 0)));
    store("a", "early");
    store("b", "late");
    writer.writeAll(RUN, null);
    writer.writeAll(RUN, null);
    assertThat(folder.resolve("out/run_0001/deliverables/out/report.md")).hasContent("late");
    assertThat(folder.resolve("out/run_0001/conflicts/WORKER_001/out/report.md"))
        .hasContent("early");
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(5);
    }
  }

  @Test
  void twoVersionsOfOnePathAreBothOnDiskAndSaidInTheSummary() throws IOException {
    journal.run(
        journal.created(
            folder.resolve("out"), false, planned("WORKER_001", 1), planned("WORKER_002", 1)));
    complete("WORKER_001", receipt("report.txt", "a", step("test 1", 0)));
    complete("WORKER_002", receipt("report.txt", "b", step("test 1", 0)));
    store("a", "one");
    store("b", "two");

    var report = writer.writeRun(RUN, null);

    var run = folder.resolve("out/run_0001");
    assertThat(run.resolve("deliverables/report.txt")).hasContent("two");
    assertThat(run.resolve("conflicts/WORKER_001/report.txt")).hasContent("one");
    assertThat(report.conflictsTotal()).isOne();
    assertThat(summary().at("/conflicts/items/0/path").asText()).isEqualTo("report.txt");
    assertThat(summary().at("/conflicts/items/0/stands").asText()).isEqualTo("WORKER_002");
  }

  @Test
  void aNameAsLongAsNamesCanBeIsWritten() throws IOException {
    twoWorkers();
    var name = "n".repeat(255);
    complete("WORKER_001", receipt(name, "a", step("test 1", 0)));
    store("a", "content");
    writer.writeRun(RUN, null);
    assertThat(folder.resolve("out/run_0001/deliverables").resolve(name)).hasContent("content");
  }

  @Test
  void oneThatCannotBeWrittenCostsNoOther() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("n".repeat(256), "a", step("test 1", 0)));
    complete("WORKER_002", receipt("b.txt", "b", step("test 1", 0)));
    store("a", "content");
    store("b", "other");

    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("nnn")
        .withMessageContaining("too long");

    assertThat(folder.resolve("out/run_0001/deliverables/b.txt")).hasContent("other");
    assertThat(summary().path("state").asText()).isEqualTo("RUNNING");
  }

  @Test
  void whatCannotBeWrittenWhereItBelongsIsWrittenElsewhere() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("a.txt", "a", step("test 1", 0)));
    store("a", "content");
    Files.writeString(folder.resolve("out"), "a file where the folder should be");

    var report = writer.writeAll(RUN, null, folder.resolve("other"));

    assertThat(report.folder()).isEqualTo(folder.resolve("other/run_0001").toString());
    assertThat(folder.resolve("other/run_0001/deliverables/a.txt")).hasContent("content");
    assertThat(folder.resolve("other/run_0001/workers/WORKER_001.json")).exists();
  }

  @Test
  void aDeliverableNeverLeavesItsFolder() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("../../../escaped", "a", step("test 1", 0)));
    complete("WORKER_002", receipt("/tmp/escaped\0", "a", step("test 1", 0)));
    store("a", "content");
    writer.writeAll(RUN, null);
    assertThat(folder.resolve("escaped")).doesNotExist();
    assertThat(folder.resolve("out/run_0001/deliverables")).doesNotExist();
  }

  @Test
  void anUnwritableFolderIsExplained() throws IOException {
    twoWorkers();
    Files.writeString(folder.resolve("out"), "a file where the folder should be");
    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("execution_summary.json")
        .withMessageContaining("muster results");
  }

  @Test
  void failedTriesAreErrorsOfTheResult() throws IOException {
    twoWorkers();
    journal.worker(
        "WORKER_001",
        new AttemptStarted(1, "node-a", "x", journal.now()),
        new AttemptFailed(1, "exit 1", null, journal.now(), journal.later(1)));
    complete("WORKER_001", receipt("out/report.md", "b", step("test 1", 0), step("test 2", 0)));
    var json = Json.mapper().readTree(writer.writeWorker(RUN, "WORKER_001").toFile());
    assertThat(json.path("errors").toString()).isEqualTo("[\"exit 1\"]");
    assertThat(json.path("muster").path("timings").path("attempts").path(0).path("end").asText())
        .isEqualTo("FAILED");
  }

  private void twoWorkers() {
    journal.run(
        journal.created(
            folder.resolve("out"), false, planned("WORKER_001", 1), planned("WORKER_002", 2)));
  }

  private void complete(String worker, Receipt receipt) {
    journal.worker(worker, new AttemptStarted(2, "node-a", "x", journal.now()));
    journal.later(3);
    journal.worker(worker, new Completed(2, receipt, journal.now()));
  }

  private static Receipt receipt(String path, String digest, StepResult... tests) {
    return new Receipt(
        "d".repeat(64),
        List.of(new Artifact(path, digest.repeat(64), 5, false)),
        Stream.of(tests)
            .map(test -> new Receipt.Tested("bash t.sh", "c".repeat(64), false, test))
            .toList(),
        false,
        null);
  }

  private void store(String digest, String content) {
    artifacts.keep(digest.repeat(64), content.getBytes(UTF_8));
  }

  private JsonNode summary() throws IOException {
    return Json.mapper().readTree(folder.resolve("out/run_0001/execution_summary.json").toFile());
  }

  private static List<String> fields(JsonNode json) {
    return json.propertyStream().map(java.util.Map.Entry::getKey).toList();
  }

  private static WorkerInstruction instruction(String digest) {
    return new WorkerInstruction(
        "WORKER_001",
        "Scanner",
        digest,
        TaskType.MECHANICAL,
        List.of(),
        List.of(),
        List.of("out/report.md"),
        null,
        null,
        Duration.ofMinutes(5),
        FORMAT,
        null,
        null);
  }
}
