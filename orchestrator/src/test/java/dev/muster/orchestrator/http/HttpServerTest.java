package dev.muster.orchestrator.http;

import static dev.muster.orchestrator.view.Journal.RUN;
import static dev.muster.orchestrator.view.Journal.planned;
import static dev.muster.orchestrator.view.Journal.receipt;
import static dev.muster.orchestrator.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.view.Journal;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  @TempDir private static Path data;
  private static TestServer server;
  private static Client client;

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

  // --- who may talk ---

  @Test
  void theTokenIsItsOwnersAlone() throws IOException {
    var file = data.resolve("operator.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(OperatorToken.loadOrCreate(data).value()).hasSize(64);
  }

  @Test
  void nothingChangesWithoutTheToken() {
    var path = "/api/v1/runs/" + RUN + "/pause";
    var missing = client.postWithoutToken(path, "{}");
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(client.postWithoutToken(path, "{}", "Authorization", "Bearer wrong").status())
        .isEqualTo(403);
    assertThat(client.postWithoutToken(path, "{}", "Authorization", "Basic eDp5").status())
        .isEqualTo(403);
    assertThat(server.runs.told).isEmpty();
  }

  @Test
  void anotherHostNameIsRefused() throws IOException {
    for (var host : new String[] {"evil.example", "127.0.0.1.evil.example:80", "localhost.", ""}) {
      assertThat(
              client.raw(
                  "GET /api/v1/runs HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 40");
    }
    assertThat(
            client.raw(
                "GET /health/live HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aForeignPageIsRefused() {
    assertThat(client.get("/api/v1/runs", "Origin", "http://evil.example").status()).isEqualTo(403);
    assertThat(client.get("/api/v1/runs", "Origin", "null").status()).isEqualTo(403);
    assertThat(
            client
                .post("/api/v1/runs/" + RUN + "/pause", "{}", "Sec-Fetch-Site", "cross-site")
                .status())
        .isEqualTo(403);
    var own = "http://" + client.uri("/").getAuthority();
    assertThat(client.get("/api/v1/runs", "Origin", own).status()).isEqualTo(200);
  }

  // --- refusals ---

  @ParameterizedTest
  @CsvSource({
    "/api/v1/runs/run_none, unknown-run",
    "/api/v1/runs/..%2f..%2fetc, unknown-run",
    "/api/v1/runs/run_0001/workers/WORKER_999, unknown-worker",
    "/api/v1/runs/run_0001/workers/..%2f../log, unknown-worker",
    "/api/v1/approvals/apr_nope, unknown-approval",
    "/api/v1/approvals/apr_0001_zzz, unknown-approval",
    "/api/v1/nothing, no-such-path",
    "/, no-such-path"
  })
  void whatDoesNotExistIsNotFound(String path, String code) {
    var reply = client.get(path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().path("requestId").asText()).isEqualTo(reply.header("X-Request-Id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"by\":1}",
        "{\"workers\":\"WORKER_001\"}",
        "{\"workers\":[1]}",
        "{\"nonsense\":true}",
        "{\"by\":\"a\",\"by\":\"b\"}",
        "{} {}",
        "\0"
      })
  void aMalformedBodyIsABadRequest(String body) {
    var reply = client.post("/api/v1/runs/" + RUN + "/pause", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isIn("malformed-json", "invalid-request");
    assertThat(server.runs.told).isEmpty();
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    var reply = client.post("/api/v1/runs", "{\"aprove\":\"all\",\"attemptsMax\":0}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("folder", "attemptsMax", "aprove");
  }

  @Test
  void anotherMethodIsNotAllowed() {
    var reply = client.send("DELETE", "/api/v1/runs");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, POST");
  }

  @Test
  void anotherTypeIsNeitherTakenNorGiven() {
    var path = "/api/v1/runs/" + RUN + "/pause";
    assertThat(client.post(path, "<x/>", "Content-Type", "text/xml").status()).isEqualTo(415);
    assertThat(client.get("/api/v1/runs", "Accept", "text/html").status()).isEqualTo(406);
    assertThat(client.get("/api/v1/runs", "Accept", "application/*").status()).isEqualTo(200);
  }

  @Test
  void aLargeBodyIsRefusedWhetherItsLengthIsSaidOrNot() {
    var large = "{\"by\":\"" + "x".repeat(1 << 20) + "\"}";
    var path = "/api/v1/runs/" + RUN + "/pause";
    assertThat(client.post(path, large).status()).isEqualTo(413);
    var chunked =
        client
            .request(path, "Authorization", "Bearer " + token(), "Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(() ->
                    new java.io.ByteArrayInputStream(
                        large.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    assertThat(client.send(chunked).status()).isEqualTo(413);
    assertThat(
            client
                .post("/api/v1/instructions/check", "{\"text\":\"" + "x".repeat(1 << 20) + "\"}")
                .status())
        .isEqualTo(200);
  }

  private static String token() {
    try {
      return OperatorToken.loadOrCreate(data).value();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void garbageIsAnsweredWithAProblem() throws IOException {
    assertThat(client.raw("G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 501")
        .contains("application/problem+json", "malformed-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/%zz",
        "//",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/api/v1/runs?limit=%00",
        "/api/v1/runs/%00",
        "*",
        "http://evil.example/api/v1/runs"
      })
  void noTargetBreaksTheServer(String target) throws IOException {
    assertThat(
            client.raw(
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 40");
  }

  @Test
  void aVeryLongTargetIsRefused() throws IOException {
    assertThat(client.raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
  }

  @Test
  void aNodeThatStartsSaysSo() {
    server.ready.set(false);
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.get("/health/ready").status()).isEqualTo(503);
    var reply = client.get("/api/v1/runs");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().path("retryable").asBoolean()).isTrue();
    assertThat(reply.header("Retry-After")).isNotEmpty();
  }

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
            "launch run_0001 2 by me");
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
  void theJournalOfARunStreamsAsLines() {
    var lines = client.get("/api/v1/runs/" + RUN + "/events").whole();
    assertThat(lines.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(lines.body().lines().count()).isGreaterThanOrEqualTo(4);
    assertThat(lines.body()).contains("\"type\":\"RunCreated\"", "\"type\":\"Completed\"");
    var page = client.get("/api/v1/runs/" + RUN + "/events?limit=2", "Accept", "application/json");
    assertThat(page.json().path("items")).hasSize(2);
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
    assertThat(client.post(path + "/approve", "{}").status()).isEqualTo(200);
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
  void theContractIsServed() {
    assertThat(client.get("/api/openapi.yaml").whole().body()).startsWith("openapi: 3.1");
    assertThat(client.get("/api/docs").header("Content-Security-Policy"))
        .contains("default-src 'none'");
    assertThat(client.get("/api/docs/swagger-ui.css").status()).isEqualTo(200);
    assertThat(client.get("/api/docs/index.html").status()).isEqualTo(404);
  }
}
