package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.ValidationStarted;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedLogTest {
  private static final String LOG = "/api/v1/runs/" + RUN + "/workers/WORKER_001/log";

  @Test
  void whoFollowsALogHasTheWorkersHistoryReadOnceAnEvent(@TempDir Path data) throws Exception {
    try (var server = new TestServer(data)) {
      var journal = server.journal;
      journal.run(journal.created(planned("WORKER_001", 1)));
      journal.worker("WORKER_001", new AttemptStarted(1, "node-a", "x", journal.now()));
      var log = data.resolve("workspaces/run_0001/WORKER_001/attempt-1/attempt.log");
      Files.createDirectories(log.getParent());
      Files.writeString(log, "line\n");
      assertThat(server.client.get(LOG).whole().body()).isEqualTo("line\n");

      // From now on nobody who reads its history can tell of it.
      journal.execute(
          "UPDATE \"event_journal\" SET \"event_ser_manifest\" = 'FromTheFuture'"
              + " WHERE \"persistence_id\" = 'Worker|run_0001/WORKER_001'");
      assertThat(server.client.get(LOG + "?from=0").status()).isEqualTo(200);
      journal.worker("WORKER_001", new ValidationStarted(1, 1, journal.now()));
      assertThat(server.client.get(LOG + "?from=0").status()).isEqualTo(503);
      assertThat(server.client.get(LOG).header("Retry-After")).isEqualTo("1");
    }
  }
}
