package dev.muster.orchestrator.readside.result;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.journal.storage.KeptArtifacts;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.table.ReadSide;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A run of two workers in a journal, and a writer of its results.
abstract class ResultsScene {
  final Vendor vendor;
  private static final String FORMAT =
      """
      {"worker_id": "001", "worker_name": "Scanner", "status": "pass|fail",
       "deliverables_created": ["something else"],
       "test_results": {"file_exists": "pass|fail", "works": "pass|fail"},
       "coverage": {"overall": "92%"}, "deliverable": {"file": "out/report.md", "lines": 25},
       "duration_seconds": 0, "timestamp": "2026-01-13T00:00:00Z", "errors": []}\
      """;

  @TempDir Path folder;
  Journal journal;
  ResultsWriter writer;
  final KeptArtifacts artifacts = new KeptArtifacts();

  ResultsScene(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open() {
    journal = new Journal(vendor.open(folder));
    writer =
        new ResultsWriter(
            ReadSide.of(journal.database(), journal::now).runs(),
            ResultsScene::instruction,
            artifacts);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  void twoWorkers() {
    journal.run(
        journal.created(
            folder.resolve("out"), false, planned("WORKER_001", 1), planned("WORKER_002", 2)));
  }

  void complete(String worker, Receipt receipt) {
    journal.worker(worker, new AttemptStarted(2, "node-a", "x", journal.now()));
    journal.later(3);
    journal.worker(worker, new Completed(2, receipt, journal.now()));
  }

  static Receipt receipt(String path, String digest, StepResult... tests) {
    return new Receipt(
        "d".repeat(64),
        List.of(new Artifact(path, digest.repeat(64), 5, false)),
        Stream.of(tests)
            .map(test -> new Receipt.Tested("bash t.sh", "c".repeat(64), false, test))
            .toList(),
        false,
        null);
  }

  void store(String digest, String content) {
    artifacts.keep(digest.repeat(64), content.getBytes(UTF_8));
  }

  JsonNode summary() throws IOException {
    return Json.mapper().readTree(folder.resolve("out/run_0001/execution_summary.json").toFile());
  }

  static List<String> fields(JsonNode json) {
    return json.propertyStream().map(java.util.Map.Entry::getKey).toList();
  }

  static WorkerInstruction instruction(String digest) {
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
