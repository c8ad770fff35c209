package dev.muster.orchestrator.readside.result;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptFailed;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Rehearsed;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class ResultsWriterTest extends ResultsScene {
  ResultsWriterTest(Vendor vendor) {
    super(vendor);
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
    assertThat(json.path("muster").path("receipt").path("signature").path("words").asText())
        .startsWith("unsigned");
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
  void theSummaryHasTheKeysThatWerePromised() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("out/report.md", "b", step("test 1", 0)));
    writer.writeRun(RUN, null);
    assertThat(fields(summary()))
        .containsExactly(
            "run",
            "workforce",
            "state",
            "outcome",
            "replayed",
            "startedAt",
            "startedBy",
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
            "spend",
            "headroom",
            "leftOut",
            "assumed",
            "ignored",
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
}
