package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.usecase.RunDeletion;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.protocol.commons.CommonsEvent.ValuePut;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.RunTagged;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDeletionTest {
  private static final String PATH = "/api/v1/runs/" + RUN;

  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(data);
    var journal = server.journal;
    journal.run(journal.created(planned("WORKER_001", 1), planned("WORKER_002", 1)));
    journal.worker("WORKER_001", new AttemptStarted(1, "node-a", "x", journal.now()));
    journal.write(
        Origin.commons(RUN, null), new ValuePut("WORKER_001", 3, "k", "v", 1, journal.now()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void finish() {
    server.journal.run(new RunFinished(RunPhase.FAILED, 1, server.journal.now()));
  }

  @Test
  void aDeletedRunIsUnknownFromThenOn() {
    finish();
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
    var answer = server.client.delete(PATH);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("events").asInt()).isEqualTo(4);
    assertThat(server.leftovers).containsExactly(RUN);
    assertThat(server.runs.told).contains("forget " + RUN);
    assertThat(server.client.get(PATH).status()).isEqualTo(404);
    assertThat(server.client.get(PATH + "/workers/WORKER_001").status()).isEqualTo(404);
    assertThat(server.client.get("/api/v1/runs").json().path("items")).isEmpty();
    assertThat(server.client.delete(PATH).status()).isEqualTo(404);
  }

  @Test
  void whatARunKeepsInFilesIsToldWithWhere() {
    assertThat(server.client.get(PATH + "/disk").json())
        .hasToString("{\"run\":\"run_0001\",\"node\":\"node-a\",\"bytes\":4096,\"files\":3}");
    assertThat(server.client.get("/api/v1/runs/run_9/disk").status()).isEqualTo(404);
  }

  @Test
  void aRunThatGoesOnIsNotDeleted() {
    var answer = server.client.delete(PATH);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("not-finished");
    assertThat(answer.json().path("detail").asText()).contains(RUN + " is RUNNING");
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
    assertThat(server.leftovers).isEmpty();
  }

  @Test
  void aSupervisorThatKnowsBetterIsBelieved() {
    finish();
    server.runs.refusal = "Expected a run that has ended.";
    assertThat(server.client.delete(PATH).status()).isEqualTo(409);
    server.runs.refusal = null;
    server.runs.silent = true;
    assertThat(server.client.delete(PATH).status()).isEqualTo(503);
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
  }

  /// It was taken up again between the look and the deed.
  @Test
  void aRunThatDoesNotGoHoldsBackNoOtherOfAPurge() {
    finish();
    server.journal.write(Origin.run("run_0002"), server.journal.created(planned("WORKER_001", 1)));
    server.journal.write(
        Origin.run("run_0002"), new RunFinished(RunPhase.COMPLETED, 1, server.journal.now()));
    server.journal.later(3 * 86_400);
    server.runs.refuses = RUN;
    var purged = server.client.post("/api/v1/runs/purge", "{\"olderThanDays\":2}");
    assertThat(purged.status()).isEqualTo(200);
    assertThat(purged.json().path("runs")).hasToString("[\"run_0002\"]");
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
  }

  /// The node ended between two commits.
  @Test
  void whatIsHalfDeletedIsToldAsSuchAndDeletedOnceMore() throws Exception {
    finish();
    server.journal.execute("INSERT INTO deleted_run (run) VALUES ('" + RUN + "')");
    server.journal.execute("DELETE FROM worker WHERE id = 'WORKER_002'");
    assertThat(server.client.post(PATH + "/retry", "{}").code()).isEqualTo("being-deleted");
    assertThat(server.client.get(PATH + "/workers").code()).isEqualTo("being-deleted");
    assertThat(server.runs.told).isEmpty();
    assertThat(server.client.get(PATH).json().path("deleting").asBoolean()).isTrue();
    var listed = server.client.get("/api/v1/runs").json().path("items").path(0);
    assertThat(listed.path("deleting").asBoolean()).isTrue();
    assertThat(server.client.delete(PATH).status()).isEqualTo(200);
    assertThat(server.client.get(PATH).status()).isEqualTo(404);
  }

  /// The node ends before its first statement, its second, and so on.
  @Test
  void aDeletionThatIsCutOffAnywhereIsFinishedByItself() {
    var lookup = new RunLookup(server.api.views(), server.runs, () -> true, server.api.sandbox());
    var sound = new RunDeletion(server.runs, server.api.files(), server.journal.database(), lookup);
    var whole = false;
    for (var statements = 0; !whole; statements++) {
      var run = "run_1" + statements;
      var worker = Origin.worker(run, "WORKER_001");
      server.journal.write(Origin.run(run), server.journal.created(planned("WORKER_001", 1)));
      server.journal.write(worker, new AttemptStarted(1, "node-a", "x", server.journal.now()));
      server.journal.write(
          Origin.run(run), new RunFinished(RunPhase.FAILED, 1, server.journal.now()));
      var ending =
          new RunDeletion(server.runs, server.api.files(), endingAfter(statements), lookup);
      whole = !(catchThrowable(() -> ending.delete(run)) instanceof IllegalStateException);

      var path = "/api/v1/runs/" + run;
      var left = server.client.get(path);
      if (!whole && !left.json().path("deleting").asBoolean()) {
        assertThat(server.client.get(path + "/workers").json().path("items")).hasSize(1);
        continue;
      }
      sound.finish(Duration.ofHours(1), () -> false);
      assertThat(server.client.get(path).status()).as("a young one").isEqualTo(left.status());
      sound.finish(Duration.ZERO, () -> false);
      assertThat(server.client.get(path).status()).as("after " + statements).isEqualTo(404);
      assertThat(server.api.views().journal().lastNumber(worker)).isZero();
    }
  }

  private DataSource endingAfter(int statements) {
    var left = new AtomicInteger(statements);
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) -> {
              if (left.getAndDecrement() <= 0) throw new SQLException("the node has ended");
              return method.invoke(server.journal.database(), arguments);
            });
  }

  @Test
  void nobodyDeletesWithoutTheToken() {
    finish();
    assertThat(server.client.sendWithoutToken("DELETE", PATH).status()).isEqualTo(401);
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
  }

  @Test
  void aRunThatDoesNotGoHoldsBackNoOther() {
    finish();
    var journal = server.journal;
    journal.write(Origin.run("run_0002"), journal.created(planned("WORKER_001", 1)));
    journal.write(Origin.run("run_0002"), new RunFinished(RunPhase.COMPLETED, 0, journal.now()));
    journal.later(3 * 86_400);
    server.stuck.add(RUN);
    var order = "{\"olderThanDays\":2}";
    var purged = server.client.post("/api/v1/runs/purge", order).json();
    assertThat(purged.path("runs")).extracting(it -> it.asText()).containsExactly("run_0002");
    assertThat(purged.path("left")).extracting(it -> it.asText()).containsExactly(RUN);
    assertThat(server.client.post("/api/v1/runs/purge", order).status()).isEqualTo(500);
    server.stuck.clear();
    server.client.post("/api/v1/runs/purge", order);
    assertThat(server.client.get(PATH).status()).isEqualTo(404);
  }

  @Test
  void whatEndedLongAgoIsPurgedTheOldestFirst() {
    var purge = "/api/v1/runs/purge";
    finish();
    assertThat(server.client.post(purge, "{}").json().path("runs")).as("too young").isEmpty();
    server.journal.later(3 * 86_400);
    var order = "{\"olderThanDays\":2,\"dryRun\":true}";
    var keep = List.of("keep");
    server.journal.write(
        Origin.run(RUN), new RunTagged(keep, List.of(), "me", server.journal.now()));
    assertThat(server.client.post(purge, order).json().path("runs")).as("tagged").isEmpty();
    server.journal.write(
        Origin.run(RUN), new RunTagged(List.of(), keep, "me", server.journal.now()));
    var dry = server.client.post(purge, order).json();
    assertThat(dry.path("runs").path(0).asText()).isEqualTo(RUN);
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
    var kept = server.client.post(purge, "{\"olderThanDays\":2,\"keep\":1}").json();
    assertThat(kept.path("runs")).as("among the newest").isEmpty();
    server.client.post(purge, order.replace("true", "false"));
    assertThat(server.client.get(PATH).status()).isEqualTo(404);
    assertThat(server.client.post(purge, "{\"olderThanDays\":0}").status()).isEqualTo(400);
  }
}
