package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.OperatorToken;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest extends ServerFixture {
  // --- who may talk ---

  @Test
  void theTokenIsItsOwnersAlone() throws IOException {
    var file = data.resolve("operator.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(OperatorToken.loadOrCreate(data.resolve("operator.token")).value()).hasSize(64);
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
    "/console/nothing.js, no-such-path",
    "/nothing, no-such-path"
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
    assertThat(reply.whole().body()).doesNotContain("Feature");
    assertThat(server.runs.told).isEmpty();
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    var reply = client.post("/api/v1/runs", "{\"aprove\":\"all\",\"attemptsMax\":0}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("folder", "attemptsMax", "aprove");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs?filter=%00", "runs/run%00", "instructions/a/b%00/versions"})
  void nothingIsLookedForThatHasANul(String path) {
    assertThat(client.get("/api/v1/" + path).code()).isEqualTo("malformed-request");
  }

  @Test
  void whatIsWrongIsSaidOnce() {
    var reply = client.post("/api/v1/runs", "{\"folder\":1}");
    assertThat(reply.json().path("errors")).hasSize(1);
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
      return OperatorToken.loadOrCreate(data.resolve("operator.token")).value();
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

  @Test
  void theContractIsServed() {
    assertThat(client.get("/api/openapi.yaml").whole().body()).startsWith("openapi: 3.1");
    assertThat(client.get("/api/docs").header("Content-Security-Policy"))
        .contains("default-src 'none'");
    assertThat(client.get("/api/docs/swagger-ui.css").status()).isEqualTo(200);
    assertThat(client.get("/api/docs/index.html").status()).isEqualTo(404);
  }
}
