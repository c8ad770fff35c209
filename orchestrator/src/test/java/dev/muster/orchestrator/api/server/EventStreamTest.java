package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EventStreamTest {
  @TempDir private static Path data;
  private static TestServer server;

  private record Event(String name, String id, JsonNode data) {}

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1), planned("WORKER_002", 1)));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void aSnapshotComesFirstAndThenWhatChanges() throws Exception {
    try (var events = new Events("?topics=runs,workers&run=" + RUN)) {
      assertThat(events.next("snapshot").data().path("topic").asText()).isEqualTo("runs");
      assertThat(events.next("snapshot").data().path("items")).hasSize(2);
      server.journal.worker(
          "WORKER_002",
          new Assigned(assignment("WORKER_002"), 0, server.journal.now()),
          new AttemptStarted(1, "node-a", "x", server.journal.now()));
      var changed = events.next("workers").data();
      assertThat(changed.path("run").asText()).isEqualTo(RUN);
      assertThat(changed.path("items")).hasSize(1);
      assertThat(changed.path("items").path(0).path("state").asText()).isEqualTo("RUNNING");
    }
  }

  @Test
  void approvalsOfWorkersAndStrangersAreTold() throws Exception {
    try (var events = new Events("?topics=approvals")) {
      events.next("snapshot");
      server.gates.hold(RUN, "apr_0001_abc", operation("WORKER_001"));
      assertThat(events.next("approvals").data().path("items").path(0).path("id").asText())
          .isEqualTo("apr_0001_abc");
      server.gates.hold("outside", "apr_outside_1", operation("backup"));
      assertThat(events.next("approvals").data().path("items").path(0).path("run").isNull())
          .isTrue();
    }
  }

  @Test
  void manyWorkersComeInPiecesAndOnlyTheLastIsSomethingToResumeAfter(@TempDir Path other)
      throws Exception {
    try (var large = new TestServer(other)) {
      var crew = IntStream.range(0, 1_100).mapToObj(i -> planned("WORKER_%04d".formatted(i), 1));
      large.journal.run(large.journal.created(crew.toArray(Planned[]::new)));
      try (var events = new Events(large, "?topics=runs,workers&run=" + RUN)) {
        assertThat(events.any().id()).as("the run").isEmpty();
        var ids = new ArrayList<String>();
        Event piece;
        do {
          piece = events.any();
          assertThat(piece.name()).isEqualTo("snapshot");
          piece.data().path("items").forEach(it -> ids.add(it.path("id").asText()));
          assertThat(piece.id().isEmpty()).isEqualTo(piece.data().path("more").asBoolean());
        } while (piece.data().path("more").asBoolean());
        assertThat(ids).hasSize(1_100).doesNotHaveDuplicates().isSorted();
        large.journal.worker(
            "WORKER_1099", new Assigned(assignment("WORKER_1099"), 0, large.journal.now()));
        assertThat(events.next("workers").data().path("items")).hasSize(1);
      }
    }
  }

  @Test
  void whoNeverBeganIsToldToBeCancelledWithTheWholeRun(@TempDir Path other) throws Exception {
    try (var cancelled = new TestServer(other)) {
      var journal = cancelled.journal;
      journal.run(journal.created(planned("WORKER_001", 1), planned("WORKER_002", 2)));
      try (var events = new Events(cancelled, "?topics=workers,journal&run=" + RUN)) {
        while (events.next("snapshot").id().isEmpty()) {} // until all is told
        journal.run(new RunCancelled(List.of(), "alice", journal.now()));
        assertThat(events.next("journal").id()).isEmpty();
        var told = events.next("snapshot");
        assertThat(told.id()).isNotEmpty();
        assertThat(told.data().path("items").findValuesAsText("state"))
            .containsExactly("CANCELLED", "CANCELLED");
      }
    }
  }

  /// As after an update of another node.
  @Test
  void anEventThatThisVersionDoesNotKnowEndsNoStream(@TempDir Path other) throws Exception {
    try (var older = new TestServer(other)) {
      older.journal.run(older.journal.created(planned("WORKER_001", 1)));
      try (var events = new Events(older, "?topics=runs,journal")) {
        events.next("snapshot");
        older.journal.execute(
            """
            INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
              "write_timestamp", "adapter_manifest", "event_payload", "event_ser_id",
              "event_ser_manifest")
            SELECT 'Run|run_newer', 1, '', 0, '', "event_payload", "event_ser_id", 'FromTheFuture'
            FROM "event_journal" WHERE "ordering" = 1\
            """);
        older.journal.run(new RunContinued("a", older.journal.now()));
        assertThat(events.next("runs").data().path("items").path(0).path("id").asText())
            .isEqualTo(RUN);
      }
    }
  }

  @Test
  void aReaderResumesWhereItStopped() throws Exception {
    String last;
    try (var events = new Events("?topics=journal")) {
      last = events.next("snapshot").id();
    }
    server.journal.worker(
        "WORKER_001", new Assigned(assignment("WORKER_001"), 0, server.journal.now()));
    try (var events = new Events("?topics=journal&lastEventId=" + last)) {
      var event = events.next("journal");
      assertThat(event.data().path("type").asText()).isEqualTo("Assigned");
      assertThat(Long.parseLong(event.id())).isGreaterThan(Long.parseLong(last));
    }
  }

  @Test
  void aReaderThatIsTooFarBehindBeginsAnew(@TempDir Path other) throws Exception {
    try (var far = new TestServer(other)) {
      far.journal.run(far.journal.created(planned("WORKER_001", 1)));
      far.journal.writeAt(50_000, Origin.run(RUN), new RunContinued("a", far.journal.now()));
      far.journal.later(60);
      try (var events = new Events(far, "?topics=runs&lastEventId=1")) {
        assertThat(events.any().name()).isEqualTo("reset");
        assertThat(events.next("snapshot").data().path("topic").asText()).isEqualTo("runs");
      }
    }
  }

  @Test
  void whoWantsEveryEventGetsEachHoweverFarBehind(@TempDir Path other) throws Exception {
    try (var far = new TestServer(other)) {
      far.journal.run(far.journal.created(planned("WORKER_001", 1)));
      far.journal.run(new RunContinued("a", far.journal.now()));
      far.journal.writeAt(50_000, Origin.run(RUN), new RunContinued("b", far.journal.now()));
      far.journal.later(60);
      try (var events = new Events(far, "?topics=journal&lastEventId=1")) {
        assertThat(events.any().data().path("node").asText()).isEqualTo("a");
        assertThat(events.any().data().path("node").asText()).isEqualTo("b");
      }
    }
  }

  @Test
  void streamsAreFewAndAreGivenBack(@TempDir Path other) throws Exception {
    var names = HttpSettings.of("127.0.0.1", 0).hostNames();
    try (var small =
        new TestServer(other, new HttpSettings("127.0.0.1", 0, names, false, 64, 2, null))) {
      small.journal.run(small.journal.created(planned("WORKER_001", 1)));
      try (var first = new Events(small, "?topics=runs");
          var second = new Events(small, "?topics=runs")) {
        assertThat(first.status).isEqualTo(200);
        assertThat(second.status).isEqualTo(200);
        assertThat(small.client.get("/api/v1/events").status()).isEqualTo(429);
      }
      // Only writing shows that a reader has gone.
      for (var i = 0; i < 100; i++) {
        small.journal.run(new RunContinued("node-a", small.journal.now()));
        Thread.sleep(100);
        try (var again = new Events(small, "?topics=runs")) {
          if (again.status == 200) return;
        }
      }
    }
    throw new AssertionError("no stream was given back");
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertThat(server.client.get("/api/v1/events?topics=gossip").status()).isEqualTo(400);
    assertThat(server.client.get("/api/v1/events?run=run_none").status()).isEqualTo(404);
    assertThat(server.client.get("/api/v1/events", "Last-Event-ID", "x").status()).isEqualTo(400);
  }

  private static final class Events implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BufferedReader lines;
    private final int status;

    Events(String query) throws IOException {
      this(server, query);
    }

    Events(TestServer server, String query) throws IOException {
      try {
        var response =
            http.send(
                server.client.request("/api/v1/events" + query, server.client.authorized()).build(),
                BodyHandlers.ofInputStream());
        status = response.statusCode();
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    Event next(String name) throws IOException {
      return next(event -> event.name().equals(name));
    }

    Event any() throws IOException {
      return next(_ -> true);
    }

    private Event next(Predicate<Event> wanted) throws IOException {
      List<Event> seen = new ArrayList<>();
      while (true) {
        var event = read();
        if (wanted.test(event)) return event;
        seen.add(event); // what earlier tests left behind is told, too
        assertThat(seen).as("events before the one that was waited for").hasSizeLessThan(50);
      }
    }

    private Event read() throws IOException {
      Map<String, String> fields = new HashMap<>();
      while (true) {
        var line = lines.readLine();
        if (line == null) throw new AssertionError("the stream has ended: " + status);
        if (line.isEmpty() && fields.containsKey("data")) {
          return new Event(
              fields.getOrDefault("event", ""),
              fields.getOrDefault("id", ""),
              Json.mapper().readTree(fields.getOrDefault("data", "")));
        }
        var colon = line.indexOf(": ");
        if (colon > 0) fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }
}
