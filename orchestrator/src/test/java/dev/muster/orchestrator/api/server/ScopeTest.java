package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Role;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers who are kept to one workforce, and what callers say of themselves.
class ScopeTest {
  @TempDir private static Path data;
  private static TestServer server;
  private static Client inside;
  private static Client outside;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    server.gates.hold(RUN, "apr_0001_abc", operation("WORKER_001"));
    server.gates.hold("outside", "apr_outside_1", operation("backup"));
    var workforce = Objects.requireNonNull(server.api.views().plan(RUN)).workforce();
    inside = server.as("inside", workforce, Role.OPERATOR, Role.APPROVER);
    outside = server.as("outside", "another", Role.ADMIN);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/plan", "/events", "/workers", "/workers/WORKER_001", "/changes"})
  void aRunOfAnotherWorkforceDoesNotExist(String path) {
    assertThat(outside.get("/api/v1/runs/" + RUN + path).status()).isEqualTo(404);
    assertThat(inside.get("/api/v1/runs/" + RUN + path).status()).isEqualTo(200);
  }

  @Test
  void listsShowWhatIsSeenOnly() {
    assertThat(outside.get("/api/v1/runs").json().path("items")).isEmpty();
    assertThat(outside.get("/api/v1/approvals").json().path("items")).isEmpty();
    assertThat(inside.get("/api/v1/runs").json().path("items")).isNotEmpty();
    assertThat(inside.get("/api/v1/approvals").json().path("items")).hasSize(1);
    assertThat(server.client.get("/api/v1/approvals").json().path("items")).hasSizeGreaterThan(1);
  }

  @Test
  void whatIsNotOfOneWorkforceIsRefused() {
    for (var path :
        new String[] {"/api/v1/runs", "/api/v1/approvals", "/api/v1/nodes/node-a/drain"}) {
      assertThat(inside.post(path, "{\"folder\":\"/w\"}").code())
          .as(path)
          .isEqualTo("other-workforces");
    }
    assertThat(inside.get("/api/v1/events").code()).isEqualTo("other-workforces");
    assertThat(outside.get("/api/v1/events?run=" + RUN).status()).isEqualTo(404);
    assertThat(inside.get("/api/v1/approvals/apr_outside_1").status()).isEqualTo(404);
    assertThat(outside.post("/api/v1/approvals/apr_0001_abc/approve", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void nobodyActsInAnothersName() {
    assertThat(inside.post("/api/v1/runs/" + RUN + "/pause", "{\"by\":\"operator\"}").status())
        .isEqualTo(202);
    assertThat(server.runs.told).contains("pause run_0001 [] by inside");
  }

  @Test
  void aRunThatApprovesByItselfTakesTheRightToApprove() {
    var operator = server.as("mallory", null, Role.OPERATOR);
    for (var approve : new String[] {"all", "low"}) {
      var reply =
          operator.post("/api/v1/runs", "{\"folder\":\"/w\",\"approve\":\"" + approve + "\"}");
      assertThat(reply.code()).isEqualTo("not-permitted");
    }
    assertThat(operator.post("/api/v1/runs", "{\"folder\":\"/w\"}").status()).isEqualTo(202);
  }

  @Test
  void whoAsksIsNeverWhoApproves() {
    var both = server.as("both", null, Role.OPERATOR, Role.APPROVER);
    var asked =
        both.post(
            "/api/v1/approvals",
            "{\"caller\":\"somebody\",\"kind\":\"x\",\"consequence\":\"" + "y\"}");
    assertThat(asked.status()).isEqualTo(202);
    var path = "/api/v1/approvals/" + asked.json().path("id").asText();
    assertThat(both.get(path).json().path("worker").asText()).isEqualTo("somebody");
    assertThat(both.get(path).json().path("askedBy").asText()).isEqualTo("both");
    var own = both.post(path + "/approve", "{}");
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.code()).isEqualTo("own-question");
    var other = server.as("other", null, Role.APPROVER);
    assertThat(other.post(path + "/approve", "{\"by\":\"both\"}").status()).isEqualTo(200);
    assertThat(other.get(path).json().path("decidedBy").asText()).isEqualTo("other");
  }

  @Test
  void anIdempotencyKeyIsItsOwners() {
    var first = server.as("one", null, Role.OPERATOR);
    var second = server.as("two", null, Role.OPERATOR);
    var mine = first.post("/api/v1/runs", "{\"folder\":\"/w\"}", "Idempotency-Key", "k");
    var again = first.post("/api/v1/runs", "{\"folder\":\"/w\"}", "Idempotency-Key", "k");
    var other = second.post("/api/v1/runs", "{\"folder\":\"/v\"}", "Idempotency-Key", "k");
    assertThat(again.json().path("id")).isEqualTo(mine.json().path("id"));
    assertThat(other.status()).isEqualTo(202);
    assertThat(other.json().path("id")).isNotEqualTo(mine.json().path("id"));
  }
}
