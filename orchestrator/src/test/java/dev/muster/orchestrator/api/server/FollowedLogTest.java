package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.ValidationStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedLogTest {
  private static final String LOG = "/api/v1/runs/" + RUN + "/workers/WORKER_001/log";
  private static final String LINE = "Muster-Log-Line";

  @Test
  void whoFollowsALogHasTheWorkersHistoryReadOnceAnEvent(@TempDir Path data) throws Exception {
    try (var server = new TestServer(data)) {
      var journal = server.journal;
      printed(server, data, "line\n");
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

  @Test
  void aLineIsFoundByItsNumberAndTheLastOnesAreNumbered(@TempDir Path data) throws Exception {
    try (var server = new TestServer(data)) {
      printed(server, data, lines(1, 200_000) + "begun");
      var client = server.client;
      var reply = client.get(LOG + "?line=150000");
      assertThat(reply.header(LINE)).isEqualTo("150000");
      assertThat(reply.whole().body()).startsWith(lines(150_000, 150_010));
      var tail = client.get(LOG + "?lines=10&numbered=true");
      assertThat(tail.header(LINE)).isEqualTo("199992");
      assertThat(tail.whole().body()).isEqualTo(lines(199_992, 200_000) + "begun");
      var beyond = client.get(LOG + "?line=999999999");
      assertThat(beyond.header(LINE)).isEqualTo("200001");
      assertThat(beyond.whole().body()).isEqualTo("begun");
      assertThat(client.get(LOG + "?line=1").whole().body()).startsWith(lines(1, 2));
      assertThat(client.get(LOG + "?from=0").header(LINE)).isEmpty();
      assertThat(client.get(LOG + "?lines=10").header(LINE)).isEmpty();
      assertThat(client.get(LOG + "?line=one").code()).isEqualTo("invalid-line");
    }
  }

  private static String lines(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> "line " + number + "\n")
        .collect(Collectors.joining());
  }

  private static void printed(TestServer server, Path data, String text) throws IOException {
    var journal = server.journal;
    journal.run(journal.created(planned("WORKER_001", 1)));
    journal.worker("WORKER_001", new AttemptStarted(1, "node-a", "x", journal.now()));
    var log = data.resolve("workspaces/run_0001/WORKER_001/attempt-1/attempt.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, text);
  }
}
