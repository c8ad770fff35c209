package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.orchestrator.usecase.BulkDecisions;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.WorkerEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deciding many at once, more time, asking anew, letting a kind pass, and codes for a browser.
class LatitudeTest {
  private static final String SELECTION = "/api/v1/approvals/selection";
  private static final String BYPASSES = "/api/v1/runs/" + RUN + "/bypasses";

  @TempDir private Path data;
  private TestServer server;
  private Client client;

  @BeforeEach
  void open() throws Exception {
    var rules = ApprovalRules.of(true, "production_deploy=2");
    server = new TestServer(data, HttpSettings.of("127.0.0.1", 0), rules);
    client = server.client;
    server.journal.run(server.journal.created(planned("WORKER_001", 1), planned("WORKER_002", 1)));
    server.gates.hold(RUN, "apr_0001_a", operation("WORKER_001"));
    server.gates.hold(RUN, "apr_0001_b", operation("WORKER_002"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String counted(String filter, int count) {
    var preview = client.get(SELECTION + "?filter=" + filter).json();
    assertThat(preview.path("count").asInt()).isEqualTo(count);
    return preview.path("digest").asText();
  }

  private static String verdict(String filter, String digest) {
    return "{\"filter\":\"%s\",\"digest\":\"%s\",\"reason\":\"all alike\"}"
        .formatted(filter, digest);
  }

  @Test
  void whatWasCountedIsDecidedAndNothingElse() {
    server.journal.write(
        Origin.gate(RUN),
        new ApprovalRequested(
            "apr_0001_c",
            operation("WORKER_001"),
            true,
            server.journal.now().plusSeconds(60),
            server.journal.now()));
    var digest = counted("kind:file_delete", 2);
    assertThat(client.get(SELECTION).json().path("alone").asInt()).isEqualTo(1);
    server.gates.hold(RUN, "apr_0001_d", operation("WORKER_002"));
    var late = client.post(SELECTION + "/approve", verdict("kind:file_delete", digest));
    assertThat(late.code()).isEqualTo("selection-changed");

    digest = counted("worker:WORKER_002", 2);
    var done = client.post(SELECTION + "/reject", verdict("worker:WORKER_002", digest));
    assertThat(done.json().path("decided").asInt()).isEqualTo(2);
    assertThat(client.get("/api/v1/approvals/apr_0001_d").json().path("reason").asText())
        .isEqualTo("all alike");
    digest = counted("kind:file_delete", 1);
    server.gates.voicesOnly = true;
    done = client.post(SELECTION + "/approve", verdict("kind:file_delete", digest));
    assertThat(done.json().path("decided").asInt()).isZero();
    assertThat(done.json().path("voted").asInt()).isEqualTo(1);
    server.gates.voicesOnly = false;
    client.post(SELECTION + "/approve", verdict("kind:file_delete", digest));
    assertThat(client.get("/api/v1/approvals/apr_0001_c").json().path("state").asText())
        .as("what may have run wants a look of its own")
        .isEqualTo("PENDING");
  }

  @Test
  void whatSomebodyElseWasFasterWithIsToldApartAndWhatIsNewGoesOnWaiting() throws Exception {
    var preview = client.get(SELECTION + "?filter=wave:1").json();
    assertThat(preview.path("count").asInt()).isEqualTo(2);
    var counted =
        "{\"ids\":%s,\"digest\":%s}".formatted(preview.path("ids"), preview.path("digest"));
    server.as("alice", null, Role.APPROVER).post("/api/v1/approvals/apr_0001_a/approve", "{}");
    server.gates.hold(RUN, "apr_0001_d", operation("WORKER_002"));
    var done = client.post(SELECTION + "/approve", counted).json();
    assertThat(done.path("decided").asInt()).isEqualTo(1);
    assertThat(done.path("alreadyTotal").asInt()).isEqualTo(1);
    assertThat(done.path("already").toString())
        .isEqualTo("[{\"state\":\"APPROVED\",\"by\":\"alice\",\"count\":1}]");
    assertThat(client.get("/api/v1/approvals/apr_0001_b").json().path("state").asText())
        .isEqualTo("APPROVED");
    assertThat(client.get("/api/v1/approvals/apr_0001_d").json().path("state").asText())
        .isEqualTo("PENDING");
    var other = counted.replace("apr_0001_a", "apr_0001_d");
    assertThat(client.post(SELECTION + "/approve", other).code()).isEqualTo("selection-changed");
  }

  /// One after the other, 500 took longer than a caller waits.
  @Test
  void manyAreToldToTheirGateTogether() {
    server.gates.hold(RUN, "apr_0001_d", operation("WORKER_002"));
    server.gates.together = 3;
    var digest = counted("kind:file_delete", 3);
    var done = client.post(SELECTION + "/approve", verdict("kind:file_delete", digest)).json();
    assertThat(done.path("decided").asInt()).as(done.toString()).isEqualTo(3);
  }

  /// Its gate may hear of the end later than whoever decides.
  @Test
  void whatARunThatEndsInBetweenHasAskedIsNoLongerDecided() {
    for (var n = 0; n < 2 * BulkDecisions.UNDER_WAY_MAX; n++) {
      server.gates.hold(RUN, "apr_0001_m%03d".formatted(n), operation("WORKER_001"));
    }
    var all = 2 + 2 * BulkDecisions.UNDER_WAY_MAX;
    var preview = client.get(SELECTION + "?filter=kind:file_delete").json();
    assertThat(preview.path("count").asInt()).isEqualTo(all);
    server.gates.meanwhile.put(
        preview.path("ids").path(1).asText(),
        () -> server.journal.run(new RunFinished(RunPhase.CANCELLED, 1, server.journal.now())));
    var counted =
        "{\"ids\":%s,\"digest\":%s}".formatted(preview.path("ids"), preview.path("digest"));
    var done = client.post(SELECTION + "/approve", counted).json();
    assertThat(done.path("decided").asInt()).isEqualTo(BulkDecisions.UNDER_WAY_MAX);
    assertThat(done.path("refusedTotal").asInt()).isEqualTo(all - BulkDecisions.UNDER_WAY_MAX);
    assertThat(done.path("refused").path(0).path("detail").asText())
        .endsWith("but its run " + RUN + " is CANCELLED");
  }

  @Test
  void anyFieldAndWordOfWhoeverAsksFinds() {
    server.journal.worker(
        "WORKER_002", new WorkerEvent.AttemptStarted(1, "node-a", "x", server.journal.now()));
    counted("worker:WORKER_001,WORKER_002", 2);
    counted("deletes", 2);
    counted("moves-nothing", 0);
    counted("wave:1", 2);
    counted("wave:2", 0);
    counted("wave:1+worker:WORKER_002", 1);
    counted("node:elsewhere", 0);
    counted("node:node-a", 1);
    counted("node:null", 1);
    assertThat(client.get(SELECTION + "?filter=colour:red").code()).isEqualTo("invalid-filter");
    assertThat(client.get("/api/v1/approvals?sort=-wave").json().path("items")).hasSize(2);
  }

  @Test
  void whatBelongsToNoWaveIsBelowNone() {
    server.gates.hold("outside", "apr_outside_1", operation("backup"));
    counted("run:null", 1);
    counted("wave%3C3", 2);
    counted("wave%3C=1", 2);
    counted("wave:-1", 0);
  }

  private void asks(String id) {
    var asked = operation("WORKER_001");
    server.gates.hold(
        RUN,
        id,
        new OperationRequest(
            asked.worker(),
            9,
            "f".repeat(64),
            0,
            Enquiries.QUESTION,
            Risk.READ_ONLY,
            "WORKER_001 asks: which?",
            "which?",
            List.of(),
            false,
            "",
            null));
  }

  @Test
  void aQuestionIsAnsweredOnceAndNeverByAYes() {
    var path = "/api/v1/runs/" + RUN + "/workers/WORKER_001/answer";
    assertThat(client.post(path, "{\"answer\":\"x\"}").code()).isEqualTo("no-question");
    asks("apr_0001_q");
    var yes = client.post("/api/v1/approvals/apr_0001_q/approve", "{\"reason\":\"sure\"}");
    assertThat(yes.code()).isEqualTo("needs-words");
    assertThat(client.get(SELECTION).json().path("alone").asInt()).isEqualTo(1);
    var other = client.post(path, "{\"answer\":\"x\",\"digest\":\"" + "a".repeat(64) + "\"}");
    assertThat(other.code()).isEqualTo("digest-mismatch");
    assertThat(client.post(path, "{\"answer\":\"\"}").status()).isEqualTo(400);

    var body = "{\"answer\":\"the second\",\"digest\":\"" + "f".repeat(64) + "\"}";
    var viewer = server.as("vera", null, Role.VIEWER);
    assertThat(viewer.post(path, body).code()).isEqualTo("not-permitted");
    var answered = client.post(path, body).json();
    assertThat(answered.path("state").asText()).isEqualTo("APPROVED");
    assertThat(answered.path("reason").asText()).isEqualTo("the second");
    var late = client.post(path, body);
    assertThat(late.code()).isEqualTo("already-answered");
    assertThat(late.json().path("detail").asText()).contains("was answered by ");
  }

  @Test
  void whoOnlyLooksCountsAndDecidesNothing() {
    var viewer = server.as("vera", null, Role.VIEWER);
    assertThat(viewer.get(SELECTION).status()).isEqualTo(200);
    for (var path : new String[] {SELECTION + "/approve", BYPASSES}) {
      assertThat(viewer.post(path, "{}").code()).isEqualTo("not-permitted");
    }
  }

  @Test
  void thereCanBeMoreTime() {
    var before = client.get("/api/v1/approvals/apr_0001_a").json().path("deadline").asText();
    var after = client.post("/api/v1/approvals/apr_0001_a/extend", "{\"minutes\":30}").json();
    assertThat(after.path("deadline").asText()).isGreaterThan(before);
    assertThat(client.get("/api/v1/approvals/apr_0001_a").json().path("deadline"))
        .isEqualTo(after.path("deadline"));
    assertThat(client.post("/api/v1/approvals/apr_0001_a/extend", "{\"minutes\":0}").status())
        .isEqualTo(400);
  }

  @Test
  void whatNobodyAnsweredIsAskedAnewByItsWorker() {
    var path = "/api/v1/approvals/apr_0001_a/reopen";
    assertThat(client.post(path, "{}").code()).isEqualTo("not-expired");
    var now = server.journal.now();
    server.journal.write(
        Origin.gate(RUN), new ApprovalDecided("apr_0001_a", Decision.EXPIRED, "muster", "", now));
    assertThat(client.post(path, "{}").code()).isEqualTo("not-reopenable");
    server.journal.worker(
        "WORKER_001",
        new WorkerEvent.AttemptStarted(1, "node-a", "x", now),
        new WorkerEvent.Failed(1, "nobody answered", null, now));
    assertThat(client.post(path, "{}").status()).isEqualTo(202);
    assertThat(server.runs.told).anyMatch(it -> it.startsWith("retry " + RUN + " [WORKER_001]"));
  }

  @Test
  void aKindIsLetPassForAWhileAndNoLonger() {
    var wish = "{\"kind\":\"file_write\",\"minutes\":120,\"reason\":\"a long night\"}";
    var open = client.post(BYPASSES, wish);
    assertThat(open.status()).isEqualTo(200);
    assertThat(open.json()).isEqualTo(client.get(BYPASSES).json());
    assertThat(open.json().path("items").path(0).path("by").asText()).isEqualTo("operator");
    assertThat(client.post(BYPASSES, wish.replace("120", "481")).status()).isEqualTo(400);
    assertThat(client.post(BYPASSES, wish.replace("file_write", "production_deploy")).code())
        .isEqualTo("several-must-approve");
    assertThat(client.delete(BYPASSES + "/file_write").json().path("items")).isEmpty();
    assertThat(client.delete(BYPASSES + "/file_write").code()).isEqualTo("unknown-bypass");
  }

  @Test
  void aCodeLetsOneBrowserInOnceAsWhoeverAskedForIt() {
    var vera = server.as("vera", null, Role.VIEWER);
    var given = vera.post("/api/v1/session/codes", "{}");
    var code = given.json().path("code").asText();
    assertThat(given.json().path("path").asText()).isEqualTo("/login#code=" + code);
    var shown = "{\"code\":\"" + code + "\"}";
    var first = client.postWithoutToken("/api/v1/session", shown);
    assertThat(first.json().path("me").path("name").asText()).isEqualTo("vera");
    assertThat(client.postWithoutToken("/api/v1/session", shown).status()).isEqualTo(401);

    var owner = client.post("/api/v1/session/codes", "{}").json().path("code").asText();
    var session = client.postWithoutToken("/api/v1/session", "{\"code\":\"" + owner + "\"}");
    var cookie = session.header("Set-Cookie").split(";", 2)[0];
    var more =
        client.postWithoutToken(
            "/api/v1/session/codes",
            "{}",
            "Cookie",
            cookie,
            "X-Muster-Csrf",
            session.json().path("csrf").asText());
    assertThat(more.code()).as("a session begets no session").isEqualTo("no-code");

    var late = client.post("/api/v1/session/codes", "{}").json().path("code").asText();
    server.journal.later(61);
    assertThat(client.postWithoutToken("/api/v1/session", "{\"code\":\"" + late + "\"}").status())
        .isEqualTo(401);
  }
}
