package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static dev.muster.orchestrator.readside.view.Journal.receipt;
import static dev.muster.orchestrator.readside.view.Journal.step;

import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// One server for all tests of a class, and one class at a time, over a run of sixty workers of
/// which one has completed.
@ResourceLock("the server")
abstract class ServerFixture {
  @TempDir static Path data;
  static TestServer server;
  static Client client;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    client = server.client;
    var journal = server.journal;
    journal.run(
        journal.created(
            data.resolve("out"),
            false,
            IntStream.rangeClosed(1, 60)
                .mapToObj(i -> planned("WORKER_%03d".formatted(i), 1 + i / 40))
                .toArray(dev.muster.protocol.run.RunPlan.Planned[]::new)));
    journal.worker(
        "WORKER_001",
        new AttemptStarted(1, "node-a", "x", journal.now()),
        new Completed(1, receipt(null, step("test 1", 0)), journal.now()));
    server.gates.hold(RUN, "apr_0001_abc", Journal.operation("WORKER_002"));
  }

  @BeforeEach
  void reset() {
    server.runs.refusal = null;
    server.runs.silent = false;
    server.runs.told.clear();
    server.ready.set(true);
  }

  @AfterAll
  static void close() {
    server.close();
  }
}
