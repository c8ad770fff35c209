package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static dev.muster.orchestrator.readside.view.Journal.receipt;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.api.metrics.Timings;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import dev.muster.protocol.worker.WorkerEvent.AttemptFailed;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerEvent.OperationDecided;
import dev.muster.protocol.worker.WorkerEvent.OperationHeld;
import dev.muster.protocol.worker.WorkerEvent.StepFinished;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.testkit.contract.Contract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Holds what the server really answers against the contract in `openapi.yaml`.
class ContractTest {
  @TempDir private static Path data;
  private static final Contract CONTRACT = Contract.ofTheServer();
  private static final JsonNode contract = CONTRACT.root();
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    var journal = server.journal;
    var now = journal.now();
    journal.run(
        journal.created(planned("WORKER_001", 1), planned("WORKER_002", 2, "WORKER_001")),
        new WaveReleased(1, now),
        new HoldBegan(2, Hold.Kind.HEADROOM, "wave 2 held: node-a cpu 93.0% > 80%", now),
        new WorkersReleased(List.of("WORKER_001"), now),
        new RetrospectiveStored(
            new Retrospective(
                "WORKER_001",
                "T",
                WorkerPhase.COMPLETED,
                2,
                0,
                Duration.ofMinutes(5),
                Duration.ofSeconds(9),
                List.of("exit 1"),
                List.of("the first test needs a report")),
            now));
    server.gates.hold(RUN, "apr_0001_abc", operation("WORKER_001"));
    server.gates.hold(RUN, "apr_0001_def", operation("wave 2"));
    server.gates.hold(RUN, "apr_0001_pre", PreviewTest.foreseen(server));
    server.gates.decide(RUN, "apr_0001_abc", Decision.APPROVED, Principal.OWNER, 1, "fine", "d");
    journal.gate(
        new PermitConsumed("apr_0001_abc", 1, "node-a", now),
        new OutcomeRecorded(
            "apr_0001_abc", new OperationOutcome(step("block 2", 0), 1, false), now));
    journal.write(
        Origin.commons(RUN, null),
        new CommonsEvent.ValuePut("WORKER_001", 7, "api/port", "8080", 1, now),
        new CommonsEvent.RoomOpened("WORKER_001", 9, 1, "In it: WORKER_001", now),
        new CommonsEvent.Said("WORKER_001", 9, 1, 1, "WORKER_002", null, now, "Which?", now, null));
    journal.write(
        Origin.commons(RUN, "WORKER_001"),
        new CommonsEvent.Noted("WORKER_001", 8, "plan", "first", 1, now));
    journal.worker(
        "WORKER_001",
        new AttemptStarted(1, "node-a", "x", now),
        new StepFinished(1, 1, step("block 1", 0), now),
        new AgentStepped(
            1,
            2,
            new AgentStep(
                1,
                AgentStep.Kind.TURN,
                "a".repeat(64),
                null,
                false,
                250,
                new AgentStep.Use("local", "box", "m", 11, 7, null),
                null,
                null),
            now),
        new OperationHeld(1, 2, 2, "apr_0001_abc", "file_delete", "e".repeat(64), now),
        new OperationDecided(1, "apr_0001_abc", Decision.APPROVED, "fine", now),
        new AttemptFailed(1, "exit 1", receipt("exit 1", step("test 1", 1)), now, now),
        new AttemptStarted(2, "node-a", "x", now),
        new Completed(2, receipt(null, step("test 1", 0)), now));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/runs, RunPage",
    "/api/v1/runs?filter=state:RUNNING&sort=-startedAt, RunPage",
    "/api/v1/runs/run_0001, Run",
    "/api/v1/runs/run_0001/plan, Plan",
    "/api/v1/runs/run_0001/workers, WorkerPage",
    "/api/v1/runs/run_0001/workers/WORKER_001, WorkerDetail",
    "/api/v1/runs/run_0001/workers/WORKER_002, WorkerDetail",
    "/api/v1/runs/run_0001/workers/WORKER_001/events, JournalPage",
    "/api/v1/runs/run_0001/workers/WORKER_001/conversation, ConversationPage",
    "/api/v1/runs/run_0001/workers/WORKER_001/conversation/1, ModelQuestion",
    "/api/v1/runs/run_0001/workers/WORKER_001/conversation/2, Problem",
    "/api/v1/runs/run_0001/workers/WORKER_001/conversation/1/diff?against=1, QuestionDiff",
    "/api/v1/runs/run_0001/workers/WORKER_001/conversation/1/diff, Problem",
    "/api/v1/runs/run_0001/workers/WORKER_001/diff?path=none, Problem",
    "/api/v1/runs/run_0001/state, SharedValuePage",
    "/api/v1/runs/run_0001/room, RoomMessagePage",
    "/api/v1/runs/run_0001/room?wave=1&limit=1, RoomMessagePage",
    "/api/v1/runs/run_0001/room?wave=x, Problem",
    "/api/v1/runs/run_0001/workers/WORKER_001/notes, WorkerNotePage",
    "/api/v1/approvals, ApprovalPage",
    "/api/v1/approvals/apr_0001_abc, Approval",
    "/api/v1/approvals/apr_0001_def, Approval",
    "/api/v1/approvals/apr_0001_pre, Approval",
    "/api/v1/approvals/apr_0001_pre/preview, ApprovalPreview",
    "/api/v1/approvals/apr_0001_def/preview, Problem",
    "/api/v1/approvals/selection, SelectionPreview",
    "/api/v1/runs/run_0001/bypasses, Bypasses",
    "/api/v1/nodes, NodePage",
    "/api/v1/nodes/node-a/headroom, HeadroomTrend",
    "/api/v1/nodes/nobody/headroom, Problem",
    "/api/v1/settings, SettingPage",
    "/api/v1/models, Models",
    "/health/live, Health",
    "/health/ready, Health",
    "/api/v1/runs/run_none, Problem",
    "/api/v1/runs?limit=0, Problem",
    "/nowhere, Problem"
  })
  void whatIsReadHasTheShapeThatWasPromised(String path, String schema) {
    check(schema, server.client.get(path).whole().body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/runs | {\"folder\":\"/w\"} | Run",
        "/api/v1/runs | {\"nothing\":1} | Problem",
        "/api/v1/runs/run_0001/pause | {\"workers\":[\"WORKER_002\"]} | Run",
        "/api/v1/runs/run_0001/waves/2/launch | {} | Run",
        "/api/v1/runs/run_0001/waves/7/launch | {} | Problem",
        "/api/v1/approvals | {\"caller\":\"me\",\"kind\":\"x\",\"consequence\":\"y\"} | Approval",
        "/api/v1/approvals/apr_0001_def/extend | {} | Approval",
        "/api/v1/approvals/selection/approve | {\"digest\":\"e\"} | Problem",
        "/api/v1/runs/run_0001/bypasses | {\"kind\":\"publish\",\"reason\":\"r\"} | Bypasses",
        "/api/v1/session/codes | {} | LoginCode",
        "/api/v1/approvals/apr_0001_def/reject | {\"reason\":\"no\"} | Approval",
        "/api/v1/models/local/test | {} | ModelTest",
        "/api/v1/models/none/test | {} | Problem",
        "/api/v1/instructions/check | {\"text\":\"# Worker 001\"} | Check"
      })
  void whatIsChangedHasTheShapeThatWasPromised(String path, String body, String schema) {
    check(schema, server.client.post(path, body).whole().body());
  }

  @Test
  void everyLineOfTheJournalHasTheShapeThatWasPromised() {
    server
        .client
        .get("/api/v1/runs/run_0001/events")
        .whole()
        .body()
        .lines()
        .forEach(line -> check("JournalLine", line));
  }

  @Test
  void aCassetteIsOneObjectALineOfWhichTheFirstSaysWhatItIs() {
    var lines = server.client.get("/api/v1/runs/run_0001/cassette").whole().body().lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .isEqualTo("{\"cassette\":1,\"label\":\"a run of hello, answered by gpt-test\"}");
    assertThat(lines.getLast())
        .contains("\"worker\":\"WORKER_001\"", "\"text\":\"Done by key-of-the-pager\"");
  }

  @Test
  void noCassetteHoldsWhatTheSettingsNameAsAKey() {
    server.keys = List.of("another-key", FakeConversations.KEY);
    try {
      assertThat(server.client.get("/api/v1/runs/run_0001/cassette").whole().body())
          .contains("\"text\":\"Done by ***\"")
          .doesNotContain(FakeConversations.KEY);
    } finally {
      server.keys = List.of();
    }
  }

  @Test
  void theContractNamesEveryEndpointAndNoOther() {
    var documented = new ArrayList<String>();
    contract
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method -> {
                  if (!method.equals("parameters")) {
                    documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                  }
                }));
    assertThat(
            endpoints()
                .filter(it ->
                    !it.contains("/api/docs")
                        && !it.contains("openapi")
                        && !it.contains("/login")
                        && !it.equals("GET /")
                        && !it.contains("/console/")))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  @Test
  void theContractSaysWhatEveryEndpointNeeds() {
    for (var endpoint :
        HttpServer.endpoints(server.api, false, true, Runnable::run, new Timings())) {
      var path = contract.get("paths").get("/" + String.join("/", endpoint.segments()));
      if (path == null) continue;
      var operation = path.get(endpoint.method().toLowerCase(java.util.Locale.ROOT));
      var own = operation.get("security");
      var needs = endpoint.needs();
      assertThat((own == null ? contract.get("security") : own).toString())
          .as(operation.toString())
          .isEqualTo(needs == null ? "[{}]" : "[{\"operator\":[\"" + needs.word() + "\"]}]");
    }
  }

  private static Stream<String> endpoints() {
    return HttpServer.endpoints(server.api, false, true, Runnable::run, new Timings()).stream()
        .map(endpoint -> endpoint.method() + " /" + String.join("/", endpoint.segments()));
  }

  private static void check(String schema, String body) {
    assertThat(CONTRACT.errors(schema, body)).as("%s: %s", schema, body).isEmpty();
  }

  @Test
  void aNodeWithoutItsDatabaseLivesButIsNotReady(@TempDir Path other) throws Exception {
    try (var alone = new TestServer(other)) {
      alone.journal.close();
      assertThat(alone.client.get("/health/live").status()).isEqualTo(200);
      var ready = alone.client.get("/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.header("Retry-After")).isEqualTo("1");
      assertThat(ready.json().path("status").asText()).isEqualTo("DATABASE_DOWN");
      assertThat(ready.json().path("detail").asText()).contains("the database does not answer");
      check("Health", ready.whole().body());
      alone.ready.set(false);
      check("Health", alone.client.get("/health/ready").whole().body());
    }
  }
}
