package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever follows a run by its journal asks for what comes after the last event it was told. So it
/// may be told of none before those with smaller numbers can be read.
class JournalOrderTest {
  private static final String EVENTS = "/api/v1/runs/" + RUN + "/events";

  @TempDir private Path data;

  private static AttemptStarted attempt(TestServer server, int number) {
    return new AttemptStarted(number, "node-a", "x", server.journal.now());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "application/json"})
  void noEventIsToldBeforeOneThatIsStillBeingWrittenBeforeIt(String accept) throws Exception {
    try (var server = new TestServer(data)) {
      server.journal.run(
          server.journal.created(planned("WORKER_001", 1), planned("WORKER_002", 1)));
      assertThat(server.client.get(EVENTS, "Accept", accept).status()).isEqualTo(200);
      try (var slow =
          server.journal.beingWritten(Origin.worker(RUN, "WORKER_001"), attempt(server, 1))) {
        server.journal.worker("WORKER_002", attempt(server, 2));
        var asked =
            CompletableFuture.supplyAsync(() -> server.client.get(EVENTS, "Accept", accept));
        assertThatThrownBy(() -> asked.get(1, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);
        slow.commit();
        slow.setAutoCommit(true);
        assertThat(asked.get(20, TimeUnit.SECONDS).whole().body())
            .contains("WORKER_001\",\"attempt\":1", "WORKER_002\",\"attempt\":2");
      }
    }
  }

  @Test
  void whatIsVisibleIsToldAtOnce() throws Exception {
    try (var server = new TestServer(data)) {
      server.journal.run(server.journal.created(planned("WORKER_001", 1)));
      for (var i = 1; i < 1_200; i++) server.journal.worker("WORKER_001", attempt(server, i));
      var told = server.client.get(EVENTS, "Accept", "application/x-ndjson").whole().body();
      assertThat(told.lines()).hasSize(1_200);
    }
  }
}
