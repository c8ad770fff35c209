package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.protocol.log.LogAnswer;
import dev.muster.protocol.log.LogCommand;
import dev.muster.protocol.worker.WorkerEvent.AttemptInterrupted;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.Test;

/// Lists page by page, logs piece by piece.
class ReadingTest extends ServerFixture {
  @Test
  void workersArePagedFilteredAndSorted() {
    var path = "/api/v1/runs/" + RUN + "/workers";
    var first = client.get(path + "?limit=50").json();
    assertThat(first.path("items")).hasSize(50);
    var second = client.get(path + "?limit=50&cursor=" + first.path("next").asText()).json();
    assertThat(second.path("items")).hasSize(10);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(client.get(path + "?filter=state:COMPLETED").json().path("items")).hasSize(1);
    assertThat(client.get(path + "?filter=wave:2%20worker_05").json().path("items")).hasSize(10);
    assertThat(
            client.get(path + "?sort=-id&limit=1").json().path("items").path(0).path("id").asText())
        .isEqualTo("WORKER_060");
    for (var bad : new String[] {"limit=0", "limit=201", "sort=x", "filter=x:y", "cursor=x"}) {
      assertThat(client.get(path + "?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void wavesAreFilteredAndSorted() {
    server.runs.silent = true; // then they are told as the tables have them
    var path = "/api/v1/runs/" + RUN + "/waves";
    var all = client.get(path).json().path("items");
    assertThat(all).isNotEmpty();
    assertThat(all).isEqualTo(client.get("/api/v1/runs/" + RUN).json().path("waves"));
    assertThat(client.get(path + "?sort=-wave").json().at("/items/0"))
        .isEqualTo(all.path(all.size() - 1));
    var second = client.get(path + "?filter=wave%3E=2%20done:false").json().path("items");
    assertThat(second).hasSize(all.size() - 1);
    assertThat(second.valueStream().map(it -> it.path("wave").asInt())).allMatch(it -> it >= 2);
    assertThat(client.get(path + "?filter=released:maybe").code()).isEqualTo("invalid-filter");
    assertThat(client.get("/api/v1/runs/run_x/waves").status()).isEqualTo(404);
  }

  @Test
  void numbersAndTimesMayBeAsLargeAsTheyLike() {
    var path = "/api/v1/runs/" + RUN + "/workers?filter=";
    var all = List.of("attempt%3CInfinity", "attempt%3C1e300", "attempt%3C1.5", "attempt%3E-1e300");
    for (var filter : all) {
      assertThat(client.get(path + filter).json().path("items")).as(filter).hasSize(50);
    }
    assertThat(client.get(path + "attempt:NaN").json().path("items")).isEmpty();
    assertThat(client.get(path + "durationSeconds%3E1e300").json().path("items")).isEmpty();
    var never = client.get(path + "startedAt%3C%2B1000000000-12-31T00:00:00Z");
    assertThat(never.code()).isEqualTo("invalid-filter");
  }

  @Test
  void aFilterThatNothingCanEverMatchIsRefusedWithWhatThereIs() {
    var workers = "/api/v1/runs/" + RUN + "/workers";
    var bad =
        Map.of(
            workers + "?filter=state:FOO",
            "COMPLETED",
            workers + "?filter=state=FOO",
            "COMPLETED",
            workers + "?filter=state:FAILED,DONE",
            "AWAITING_APPROVAL",
            workers + "?filter=colour:red",
            "interruptions",
            workers + "?filter=wave:two",
            "expected a number",
            workers + "?filter=weak:maybe",
            "TRUE, FALSE",
            workers + "?filter=title%3E=a",
            "no order",
            "/api/v1/runs?filter=state:DONE",
            "REHEARSED",
            "/api/v1/runs?filter=startedAt%3E=yesterday",
            "2026-01-31",
            "/api/v1/approvals?filter=state:OPEN",
            "AUTO_APPROVED");
    bad.forEach((path, named) -> {
      var reply = client.get(path);
      assertThat(reply.status()).as(path).isEqualTo(400);
      assertThat(reply.code()).isEqualTo("invalid-filter");
      assertThat(reply.json().path("detail").asText()).contains(named);
    });
    assertThat(client.get("/api/v1/nodes?filter=status:ASLEEP").json().path("detail").asText())
        .contains("UP, SILENT, DOWN");
  }

  @Test
  void numbersAndTimesAreComparedInFilters() {
    var workers = "/api/v1/runs/" + RUN + "/workers?limit=200&filter=";
    var all = client.get(workers).json().path("items").size();
    var late = client.get(workers + "wave%3E1").json().path("items").size();
    var early = client.get(workers + "wave%3C=1").json().path("items").size();
    assertThat(late).isPositive();
    assertThat(early).isPositive();
    assertThat(late + early).isEqualTo(all);
    var runs = "/api/v1/runs?filter=startedAt";
    assertThat(client.get(runs + "%3E=2000-01-01").json().path("items")).isNotEmpty();
    assertThat(client.get(runs + "%3E=2999-01-01T00:00:00Z").json().path("items")).isEmpty();
    assertThat(client.get(runs + "%3C2000-01-01").json().path("items")).isEmpty();
  }

  @Test
  void aCursorIsOnlyGoodForTheListItCameFrom() {
    var workers = "/api/v1/runs/" + RUN + "/workers";
    var events = "/api/v1/runs/" + RUN + "/events";
    var cursor = client.get(workers + "?limit=1").json().path("next").asText();
    var ofEvents =
        client.get(events + "?limit=1", "Accept", "application/json").json().path("next").asText();
    assertThat(client.get(workers + "?limit=1&cursor=" + cursor).status()).isEqualTo(200);
    var bad = new ArrayList<String>();
    for (var list : new String[] {"/api/v1/runs", "/api/v1/nodes", "/api/v1/approvals", events}) {
      bad.add(list + "?cursor=" + cursor);
      bad.add(list + "?cursor=run_0001");
      bad.add(list + "?cursor=7");
      bad.add(list + "?cursor=");
      bad.add(list + "?cursor=%20%2F..");
    }
    bad.add(workers + "?cursor=" + ofEvents);
    bad.add(workers + "?cursor=" + cursor + "&sort=-id");
    bad.add(workers + "?cursor=" + cursor.substring(1));
    bad.add("/api/v1/runs?sort=id&cursor=" + cursor);
    for (var path : bad) {
      var reply = client.get(path, "Accept", "application/json");
      assertThat(reply.status()).as(path).isEqualTo(400);
      assertThat(reply.code()).as(path).isEqualTo("invalid-cursor");
    }
  }

  @Test
  void aLineLongerThanAnAnswerIsReadPieceByPiece() throws IOException {
    var whole = "why it failed\n" + "x".repeat(700_000) + "\nlast\n";
    var path = logOf("WORKER_010", whole);
    var read = new StringBuilder();
    var reply = client.get(path);
    assertThat(reply.header("Muster-Log-From")).isEqualTo("0");
    while (!reply.whole().body().isEmpty()) {
      read.append(reply.whole().body());
      reply = client.get(path + "?from=" + reply.header("Muster-Log-Next"));
    }
    assertThat(read.toString()).isEqualTo(whole);
    assertThat(client.get(path + "?lines=1").whole().body()).isEqualTo("last\n");
    assertThat(client.get(path + "?lines=2").whole().body()).startsWith("xxx");
    assertThat(client.get(path + "?lines=0").status()).isEqualTo(400);
    assertThat(client.get(path + "?lines=many").status()).isEqualTo(400);
  }

  @Test
  void aLineLongerThanIsLookedBackBeginsWithinItself() throws IOException {
    var path = logOf("WORKER_011", "first\n" + "y".repeat(5_000_000));
    var reply = client.get(path);
    assertThat(Long.parseLong(reply.header("Muster-Log-From"))).isBetween(700_000L, 900_000L);
    assertThat(reply.whole().body()).startsWith("yyy");
    assertThat(client.get(path + "?from=0").whole().body()).startsWith("first\nyyy");
  }

  /// Its first attempt has printed this; where it is read.
  private String logOf(String worker, String text) throws IOException {
    server.journal.worker(worker, new AttemptStarted(1, "node-a", "x", server.journal.now()));
    var log = data.resolve("workspaces/run_0001/" + worker + "/attempt-1/attempt.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, text);
    return "/api/v1/runs/" + RUN + "/workers/" + worker + "/log";
  }

  @Test
  void aWorkerTellsItsStory() throws IOException {
    var path = "/api/v1/runs/" + RUN + "/workers/WORKER_001";
    assertThat(client.get(path).json().path("receipt").path("passed").asBoolean()).isTrue();
    assertThat(client.get(path + "/events").json().path("items")).hasSize(2);
    assertThat(client.get(path + "/instruction").whole().body()).startsWith("# Worker");
    assertThat(client.get(path + "/log").code()).isEqualTo("no-log");
    var log = data.resolve("workspaces/run_0001/WORKER_001/attempt-1/attempt.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "line\n".repeat(2_000));
    var tail = client.get(path + "/log");
    assertThat(tail.whole().body().lines()).hasSize(1_000);
    assertThat(client.get(path + "/log?from=" + tail.header("Muster-Log-Next")).whole().body())
        .isEmpty();
  }

  @Test
  void theLogOfAnAttemptOnAnotherNodeIsTheStoredOne() throws Exception {
    server.journal.worker(
        "WORKER_005",
        new AttemptStarted(1, "node-b", "x", server.journal.now()),
        new AttemptInterrupted(1, "node-b is gone", server.journal.now(), server.journal.now()),
        new AttemptStarted(2, "node-c", "y", server.journal.now()));
    var path = "/api/v1/runs/" + RUN + "/workers/WORKER_005/log?attempt=";
    assertThat(client.get(path + 1).json().path("detail").asText())
        .contains("attempt 1", "stored, and node-b, where it ran, does not answer");
    assertThat(client.get(path + 2).json().path("detail").asText())
        .contains("under way on node-c, which does not answer");
    assertThat(client.get(path + 9).json().path("detail").asText()).contains("attempts so far 2");

    var log = Files.writeString(data.resolve("log"), "line\n".repeat(2_000));
    var sha256 = server.artifacts.put(log);
    new StoredLogs(server.journal.database())
        .remember(
            new StoredLogs.AttemptId(RUN, "WORKER_005", 1),
            new StoredLogs.StoredLog(sha256, Files.size(log), "node-b"),
            server.journal.now());
    var tail = client.get(path + 1);
    assertThat(tail.whole().body().lines()).hasSize(1_000);
    assertThat(tail.header("Muster-Log-Size")).isEqualTo("10000");
    assertThat(client.get(path + "1&from=9995").whole().body()).isEqualTo("line\n");
  }

  @Test
  void theLogOfAnAttemptUnderWayIsReadOnItsNode() {
    server.journal.worker("WORKER_006", new AttemptStarted(1, "node-d", "x", server.journal.now()));
    var printed = new AtomicReference<>("");
    var key = LogCommand.serviceKey("node-d");
    var reader = server.actors.spawn(reading(printed));
    TestProbe<Receptionist.Registered> registered = server.actors.createTestProbe();
    server
        .actors
        .system()
        .receptionist()
        .tell(Receptionist.register(key, reader, registered.ref()));
    registered.receiveMessage();
    var path = "/api/v1/runs/" + RUN + "/workers/WORKER_006/log";
    var nothing = client.get(path);
    assertThat(nothing.code()).isEqualTo("no-log");
    assertThat(nothing.json().path("detail").asText())
        .isEqualTo("attempt 1 of WORKER_006 has printed nothing yet on node-d");

    printed.set("line\n".repeat(60_000));
    var tail = client.get(path);
    assertThat(tail.whole().body().lines()).hasSize(1_000);
    assertThat(tail.header("Muster-Log-Next")).isEqualTo("300000");
    printed.updateAndGet(text -> text + "more\n");
    var more = client.get(path + "?from=300000");
    assertThat(more.whole().body()).isEqualTo("more\n");
    assertThat(more.header("Muster-Log-Size")).isEqualTo("300005");
    assertThat(client.get(path + "?from=300005").whole().body()).isEmpty();

    printed.set("less\n");
    var beyond = client.get(path + "?from=300005");
    assertThat(beyond.whole().body()).isEmpty();
    assertThat(beyond.header("Muster-Log-Next")).as("never back").isEqualTo("300005");
    assertThat(beyond.header("Muster-Log-Size")).isEqualTo("5");
  }

  private static Behavior<LogCommand> reading(AtomicReference<String> printed) {
    return Behaviors.receiveMessage(command -> {
      switch (command) {
        case LogCommand.ReadLog read -> {
          var all = printed.get().getBytes(StandardCharsets.UTF_8);
          var from = (int) Math.min(read.from(), all.length);
          var length = Math.min(read.bytesMax(), LogCommand.PIECE_BYTES_MAX);
          var bytes = Arrays.copyOfRange(all, from, Math.min(all.length, from + length));
          read.replyTo()
              .tell(
                  all.length == 0 ? new LogAnswer.NoLog() : new LogAnswer.Piece(all.length, bytes));
        }
      }
      return Behaviors.same();
    });
  }

  @Test
  void theJournalOfARunStreamsAsLines() {
    var lines = client.get("/api/v1/runs/" + RUN + "/events").whole();
    assertThat(lines.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(lines.body().lines().count()).isGreaterThanOrEqualTo(4);
    assertThat(lines.body()).contains("\"type\":\"RunCreated\"", "\"type\":\"Completed\"");
    var page = client.get("/api/v1/runs/" + RUN + "/events?limit=2", "Accept", "application/json");
    assertThat(page.json().path("items")).hasSize(2);
  }
}
