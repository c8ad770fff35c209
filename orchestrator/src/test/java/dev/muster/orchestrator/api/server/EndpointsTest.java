package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunPhase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EndpointsTest extends ServerFixture {
  // --- runs ---

  @Test
  void aRunShowsWhatItsSupervisorSays() {
    var run = client.get("/api/v1/runs/" + RUN).json();
    assertThat(run.path("live").asBoolean()).isTrue();
    assertThat(run.path("holds").path(0).path("reason").asText()).contains("87.2% > 85%");
    server.runs.silent = true;
    assertThat(client.get("/api/v1/runs/" + RUN).json().path("live").asBoolean()).isFalse();
  }

  @Test
  void anOperatorActsOnARunOrSomeOfItsWorkers() {
    var reply = client.post("/api/v1/runs/" + RUN + "/pause", "{\"workers\":[\"WORKER_001\"]}");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Location")).isEqualTo("/api/v1/runs/" + RUN);
    client.post("/api/v1/runs/" + RUN + "/retry", "", "Content-Type", "application/json");
    client.post("/api/v1/runs/" + RUN + "/waves/2/launch", "{\"by\":\"me\"}");
    assertThat(server.runs.told)
        .containsExactly(
            "pause run_0001 [WORKER_001] by operator",
            "retry run_0001 [] by operator",
            "launch run_0001 2 by operator");
    assertThat(client.post("/api/v1/runs/" + RUN + "/waves/9/launch", "{}").status())
        .isEqualTo(404);
    assertThat(
            client.post("/api/v1/runs/" + RUN + "/cancel", "{\"workers\":[\"WORKER_9\"]}").status())
        .isEqualTo(404);
  }

  @Test
  void aWrongStateIsAConflictAndSilenceMayPass() {
    server.runs.refusal = "Expected a run that goes on, but run_0001 is COMPLETED.";
    var refused = client.post("/api/v1/runs/" + RUN + "/pause", "{}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText()).contains("COMPLETED");
    server.runs.silent = true;
    assertThat(client.post("/api/v1/runs/" + RUN + "/pause", "{}").status()).isEqualTo(503);
  }

  @Test
  void aChangeMayInsistOnTheVersionThatWasSeen() {
    var tag = client.get("/api/v1/runs/" + RUN).header("ETag");
    var path = "/api/v1/runs/" + RUN + "/pause";
    assertThat(client.post(path, "{}", "If-Match", "\"999\"").status()).isEqualTo(412);
    assertThat(client.post(path, "{}", "If-Match", tag).status()).isEqualTo(202);
  }

  @Test
  void aRunIsCreatedOncePerIdempotencyKey() {
    var body = "{\"folder\":\"/w/hello\",\"approve\":\"all\"}";
    var first = client.post("/api/v1/runs", body, "Idempotency-Key", "k1");
    assertThat(first.status()).isEqualTo(202);
    var again = client.post("/api/v1/runs", body, "Idempotency-Key", "k1");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.whole().body()).isEqualTo(first.whole().body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(client.post("/api/v1/runs", "{\"folder\":\"/x\"}", "Idempotency-Key", "k1").status())
        .isEqualTo(422);
    assertThat(client.get(first.header("Location")).status()).isEqualTo(200);
    assertThat(server.creator.created)
        .filteredOn(run -> run.folder().equals(Path.of("/w/hello")))
        .hasSize(1);
  }

  @Test
  void aRefusedRequestLeavesItsKeyFree() {
    var refused = client.post("/api/v1/runs", "{\"folder\":\"/missing\"}", "Idempotency-Key", "k2");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(client.post("/api/v1/runs", "{\"folder\":\"/w\"}", "Idempotency-Key", "k2").status())
        .isEqualTo(202);
  }

  @Test
  void resultsAreWrittenOnRequest() {
    var reply = client.post("/api/v1/runs/" + RUN + "/results", "{}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(data.resolve("out/run_0001/execution_summary.json")).exists();
    assertThat(data.resolve("out/run_0001/workers/WORKER_001.json")).exists();
  }

  // --- approvals ---

  @Test
  void anApprovalIsDecidedByWhoHasSeenIt() {
    server.gates.hold(RUN, "apr_0001_def", Journal.operation("WORKER_003"));
    var path = "/api/v1/approvals/apr_0001_def";
    assertThat(client.get(path).json().path("state").asText()).isEqualTo("PENDING");
    assertThat(client.post(path + "/approve", "{\"digest\":\"other\"}").status()).isEqualTo(409);
    assertThat(client.post(path + "/reject", "{}").status()).isEqualTo(400);
    var rejected = client.post(path + "/reject", "{\"reason\":\"not today\"}");
    assertThat(rejected.status()).isEqualTo(200);
    assertThat(rejected.json().path("state").asText()).isEqualTo("REJECTED");
    assertThat(client.post(path + "/approve", "{}").code()).isEqualTo("already-rejected");
    assertThat(client.post(path + "/reject", "{\"reason\":\"no\"}").status()).isEqualTo(200);
    assertThat(client.get(path).json().path("reason").asText()).isEqualTo("not today");
  }

  @Test
  void nothingOfARunThatHasEndedIsApproved() {
    server.journal.write(
        Origin.run("run_0009"),
        server.journal.created(),
        new RunEvent.RunFinished(RunPhase.CANCELLED, 0, server.journal.now()));
    server.gates.hold("run_0009", "apr_0009_end", Journal.operation("WORKER_004"));
    var late = client.post("/api/v1/approvals/apr_0009_end/approve", "{}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("already-closed");
    assertThat(client.post("/api/v1/approvals/apr_0009_end/consume", "{}").code())
        .isEqualTo("not-outside");
  }

  @Test
  void whatHasExpiredIsNotApproved() {
    server.gates.hold(RUN, "apr_0001_old", Journal.operation("WORKER_004"));
    server.journal.later(3_600);
    var late = client.post("/api/v1/approvals/apr_0001_old/approve", "{}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("already-expired");
  }

  @Test
  void anyProgramMayUseTheGate() {
    var body =
        "{\"caller\":\"backup\",\"kind\":\"file_delete\",\"consequence\":\"deletes old backups\"}";
    var asked = client.post("/api/v1/approvals", body);
    assertThat(asked.status()).isEqualTo(202);
    assertThat(client.post("/api/v1/approvals", body).json()).isEqualTo(asked.json());
    var path = asked.header("Location");
    assertThat(client.post(path + "/consume", "{}").status()).isEqualTo(409);
    assertThat(client.post(path + "/approve", "{}").status()).isEqualTo(200);
    assertThat(client.post(path + "/consume", "{}").status()).isEqualTo(200);
    assertThat(client.get(path).json().path("consumed").asBoolean()).isTrue();
    assertThat(client.get(path).json().path("state").asText()).isEqualTo("APPROVED");
    assertThat(client.get("/api/v1/approvals?run=outside").json().path("items")).hasSize(1);
    assertThat(
            client
                .get("/api/v1/approvals?filter=state:PENDING%20kind:file_delete")
                .json()
                .path("items"))
        .isNotEmpty();
  }

  @Test
  void nodesShowTheirHeadroom() {
    var node = client.get("/api/v1/nodes").json().path("items").path(0);
    assertThat(node.path("name").asText()).isEqualTo("node-a");
    assertThat(node.path("limits").path("memoryPercent").asDouble()).isEqualTo(85);
  }

  @Test
  void aNodeThatOnlyTheRegistryKnowsIsDownAndItsFiguresAreUnknown() {
    var down = client.get("/api/v1/nodes?filter=status:DOWN").json().path("items");
    assertThat(down).hasSize(1);
    var node = down.path(0);
    assertThat(node.path("name").asText()).isEqualTo("node-b");
    assertThat(node.path("open").asBoolean()).isFalse();
    assertThat(node.path("drained").asBoolean()).isTrue();
    assertThat(node.path("reasons").path(0).asText()).isEqualTo("no sign of life for 3 min");
    assertThat(node.get("cpuPercent").isNull()).isTrue();
    assertThat(node.get("slots").isNull()).isTrue();
  }
}
