package dev.muster.protocol.journal;

import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalEvent.PermitRestored;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.Binding.BoundFile;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.proof.Seal;
import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunScope;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One event of every type, with every component filled.
final class EventSamples {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant LATER = Instant.parse("2026-01-02T03:04:15.678Z");
  private static final String SHA = "a".repeat(64);

  private static final Artifact ARTIFACT = new Artifact("report/a.txt", SHA, 12, true);
  private static final Assignment ASSIGNMENT =
      new Assignment(
          "run_1",
          "WORKER_001",
          SHA,
          "/srv/site",
          List.of("/srv/site/.muster"),
          List.of(ARTIFACT),
          true,
          3);
  private static final StepResult STEP =
      new StepResult("block 1", 1, Duration.ofMillis(1500), SHA, 42, "timed out");
  private static final AgentStep AGENT_STEP =
      new AgentStep(
          7,
          AgentStep.Kind.OUTCOME,
          SHA,
          "write",
          true,
          1_250,
          new AgentStep.Use("strong", "openai", "gpt", 900, 100, 12L),
          new AgentStep.Violated("path_traversal", "stay in the workspace", "../x"),
          new Frozen(7, 1, SHA, SHA));
  private static final Receipt RECEIPT =
      new Receipt(
          SHA,
          List.of(ARTIFACT),
          List.of(new Receipt.Tested("bash -eo pipefail", SHA, true, STEP)),
          true,
          "test 1 failed");

  /// Signed once: a signature of before has to fit for ever.
  static final Receipt ATTESTED =
      RECEIPT.with(
          new Attestation(
              "run_1",
              "WORKER_001",
              1,
              AT,
              new Seal(
                  "node-a",
                  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8wiFrmZ2a1Dt1Oh+pTPtuUvOgT9rwDOAaab8IFNf"
                      + "hGON60EXx/hXB6Qg6TnxqfelOczD5FJU3Rqew2xECnacwA==",
                  List.of(),
                  "MEUCICBTNsaHuksEd5n6Gcd9YI9ZUDhrdzIfLcFKeRjSnKAkAiEA04ZHy0oVW3cXqOLFRBvYu3Yi"
                      + "QHk/7cEUTPxQKPIn+oU=")));

  private static final OperationRequest OPERATION =
      new OperationRequest(
          "WORKER_001",
          2,
          SHA,
          1,
          "production_deploy",
          Risk.ADMIN,
          "The site is replaced.",
          "cp -r site ../site",
          List.of("../site"),
          true,
          "/srv/site",
          "test -f ../site/index.html");
  private static final WorkerStatus STATUS =
      new WorkerStatus(
          WorkerPhase.FAILED,
          1,
          3,
          2,
          "node-a",
          "exit 1",
          List.of("exit 1"),
          List.of(ARTIFACT),
          true,
          AT,
          LATER,
          Duration.ofMinutes(7));
  private static final RunPlan PLAN =
      new RunPlan(
          "hello",
          List.of(new RunPlan.Wave(1, "inventory", 8, true, RunPlan.FailurePolicy.STOP)),
          List.of(
              new RunPlan.Planned(
                  "WORKER_001", "Greet", 1, SHA, List.of("WORKER_000"), Duration.ofMinutes(20))),
          new HeadroomLimits(70, 75, 80));
  private static final RunScope SCOPE =
      new RunScope(
          List.of(new RunScope.Note("WORKER_002", "/srv/hello/WORKER_002.md", 33, "no test")),
          List.of(new RunScope.Note("WORKER_001", "/srv/hello/WORKER_001.md", 21, "is met")),
          4,
          new RunScope.Findings(
              1,
              2,
              Map.of("no-test", 1, "thin-point", 2),
              List.of(new RunScope.Found("no-test", "/srv/hello/WORKER_002.md", 33, "no test"))));
  private static final RunSettings SETTINGS =
      new RunSettings(
          "/srv/hello",
          "/srv/site",
          "/srv/out",
          List.of("/srv/.muster"),
          ApprovalPolicy.LOW,
          Duration.ofHours(24),
          true,
          3);

  /// Events that have got a field since their golden file was written, by what they got.
  static final Map<String, MusterEvent> GROWN = new TreeMap<>();

  private static final Map<String, MusterEvent> GROWN_FIRST =
      Map.of(
          "reopened-texts",
          new RunEvent.WorkersReopened(
              List.of("WORKER_001"),
              "operator",
              AT,
              List.of(
                  new RunPlan.Planned(
                      "WORKER_001", "First", 1, SHA, List.of(), Duration.ofMinutes(2)))),
          "held-frozen",
          new WorkerEvent.OperationHeld(
              1, 2, 2, "apr_1_a", "production_deploy", SHA, AT, new Frozen(2, 1, SHA, SHA)),
          "requested-bound",
          new ApprovalRequested(
              "apr_1_a",
              new OperationRequest(
                  "WORKER_001",
                  2,
                  SHA,
                  1,
                  "production_deploy",
                  Risk.ADMIN,
                  "The site is replaced.",
                  "bash deploy.sh",
                  List.of("site"),
                  false,
                  "/srv/site",
                  null,
                  List.of(),
                  new Binding(
                      SHA,
                      List.of("deploy.sh"),
                      List.of("workspace: 1 file, 3 bytes"),
                      List.of(new BoundFile("workspace", "a.sh", SHA, 3, "ls\n")),
                      List.of("workspace: a.sh has another content"))),
              false,
              LATER,
              AT),
          "outcome-frozen",
          new OutcomeRecorded(
              "apr_1_a", new OperationOutcome(STEP, 1, false, new Frozen(3, 1, SHA, SHA)), AT),
          "completed-attested",
          new WorkerEvent.Completed(1, ATTESTED, AT),
          "assigned-target",
          new WorkerEvent.Assigned(ASSIGNMENT.withTargetArtifact(SHA), 1, AT),
          "assigned-handover",
          new WorkerEvent.Assigned(ASSIGNMENT.withInputs(List.of()).withHandover(SHA), 1, AT),
          "created-digest",
          new RunEvent.RunCreated("run_1", null, SETTINGS, AT, SHA),
          "created-target",
          new RunEvent.RunCreated("run_1", PLAN, SETTINGS.withTargetArtifact(SHA), AT),
          "created-scope",
          new RunEvent.RunCreated(
              "run_1",
              new RunPlan(PLAN.workforce(), PLAN.waves(), PLAN.workers(), PLAN.limits(), SCOPE),
              SETTINGS,
              AT));

  static {
    GROWN.putAll(GROWN_FIRST);
    GROWN.put(
        "gate-launched",
        new RunEvent.WaveGateDecided(2, Decision.APPROVED, "launched by alice", AT, "alice"));
    GROWN.put(
        "created-tags",
        new RunEvent.RunCreated(
            "run_1", PLAN, SETTINGS.withTags(List.of("nightly", "team=red")), AT));
    GROWN.put(
        "requested-why",
        new ApprovalRequested(
            "apr_1_a", OPERATION.because("The old site is gone."), false, LATER, AT));
    GROWN.put(
        "requested-after-crash",
        new ApprovalRequested(
            "apr_1_a",
            new OperationRequest(
                "WORKER_001",
                2,
                SHA,
                1,
                "database_change",
                Risk.ADMIN,
                "A row goes.",
                "DELETE FROM t",
                List.of(),
                true,
                "/srv/site",
                null,
                List.of(),
                new Binding(
                    SHA, List.of(), List.of(), List.of(), List.of(), SHA, "the database itself")),
            false,
            LATER,
            AT));
    GROWN.put(
        "said-floor",
        new CommonsEvent.Said(
            "WORKER_001", 9, 1, 1, "WORKER_002", null, LATER, "Which?", AT, "chosen"));
  }

  static final List<MusterEvent> ALL =
      List.of(
          new WorkerEvent.Assigned(ASSIGNMENT, 1, AT),
          new WorkerEvent.AttemptStarted(1, "node-a", "3f2c", AT),
          new WorkerEvent.StepFinished(1, 1, STEP, AT),
          new WorkerEvent.AgentStepped(1, 2, AGENT_STEP, AT),
          new WorkerEvent.AgentParked(1, 3, LATER, "openai: 500 of 500 requests a minute", AT),
          new WorkerEvent.OperationHeld(1, 2, 2, "apr_1_a", "production_deploy", SHA, AT),
          new WorkerEvent.OperationDecided(1, "apr_1_a", Decision.APPROVED, "looks good", AT),
          new WorkerEvent.ValidationStarted(1, 3, AT),
          new WorkerEvent.AttemptFailed(1, "exit 1", RECEIPT, LATER, AT),
          new WorkerEvent.AttemptInterrupted(1, "node-a stopped", LATER, AT),
          new WorkerEvent.Paused(AT),
          new WorkerEvent.Continued(AT),
          new WorkerEvent.Completed(1, RECEIPT, AT),
          new WorkerEvent.Failed(1, "exit 1", RECEIPT, AT),
          new WorkerEvent.Cancelled("cancelled by an operator", AT),
          new WorkerEvent.Rehearsed(AT),
          new WorkerEvent.Reopened(ASSIGNMENT, 2, AT),
          new GateOpened(ApprovalPolicy.ALL, Duration.ofHours(1), AT),
          new ApprovalRequested("apr_1_a", OPERATION, true, LATER, AT),
          new ApprovalDecided("apr_1_a", Decision.REJECTED, "operator", "not today", AT),
          new ApprovalAsked("apr_1_a", new People.Caller("token:ci", "alice"), AT),
          new ApprovalVoted("apr_1_a", People.Caller.of("bob"), "looks right", 2, AT),
          new ApprovalExtended("apr_1_a", LATER, People.Caller.of("bob"), AT),
          new BypassOpened("file_write", LATER, People.Caller.of("bob"), "a long night", AT),
          new BypassRevoked("file_write", People.Caller.of("bob"), AT),
          new PermitConsumed("apr_1_a", 1, "node-a#3f2c", AT),
          new PermitRestored("apr_1_a", AT),
          new OutcomeRecorded("apr_1_a", new OperationOutcome(STEP, 1, true), AT),
          new RunEvent.RunCreated("run_1", PLAN, SETTINGS, AT),
          new RunEvent.RunContinued("node-b", AT),
          new RunEvent.WaveGateRequested(1, "apr_1_b", AT),
          new RunEvent.WaveGateDecided(1, Decision.EXPIRED, "nobody answered in time", AT),
          new RunEvent.WaveReleased(1, AT),
          new RunEvent.WorkersReleased(List.of("WORKER_001"), AT),
          new RunEvent.WorkerSettled("WORKER_001", STATUS, AT),
          new RunEvent.WorkerBlocked("WORKER_002", "WORKER_001 is FAILED", AT),
          new RunEvent.WorkerSpawned("WORKER_001", 7, PLAN.workers().getFirst(), List.of(), AT),
          new RunEvent.RetrospectiveStored(
              new Retrospective(
                  "WORKER_001",
                  "Greet",
                  WorkerPhase.COMPLETED,
                  2,
                  1,
                  Duration.ofMinutes(20),
                  Duration.ofSeconds(3),
                  List.of("exit 1"),
                  List.of("It needed 2 tries; expect: exit 1")),
              AT),
          new RunEvent.WaveSettled(1, AT),
          new RunEvent.HoldBegan(1, Hold.Kind.HEADROOM, "node-b memory 87.2% ≥ 85%", AT),
          new RunEvent.HoldEnded(1, Hold.Kind.HEADROOM, AT),
          new RunEvent.RunPaused(List.of("WORKER_001"), "operator", AT),
          new RunEvent.RunResumed(List.of("WORKER_001"), "operator", AT),
          new RunEvent.RunCancelled(List.of("WORKER_001"), "operator", AT),
          new RunEvent.RunTagged(List.of("team=red"), List.of("nightly"), "operator", AT),
          new RunEvent.WorkersReopened(List.of("WORKER_001"), "operator", AT),
          new RunEvent.RunFinished(RunPhase.COMPLETED, 40, AT),
          new RunEvent.ResultsWritten(
              "/srv/out/run_1",
              1,
              List.of(
                  new DeliveryConflict(
                      "a.txt",
                      "WORKER_002",
                      1,
                      new TreeMap<>(Map.of("conflicts/WORKER_001/a.txt", "WORKER_001")))),
              AT),
          new RunEvent.ResultsNotWritten("/srv/out/run_1", "no space left on device", AT),
          new CommonsEvent.ValuePut("WORKER_001", 7, "api/port", "8080", 3, AT),
          new CommonsEvent.Noted("WORKER_001", 8, "plan", "first the parser", 2, AT),
          new CommonsEvent.RoomOpened("WORKER_001", 9, 1, "In it: …", AT),
          new CommonsEvent.Said(
              "WORKER_001", 9, 1, 1, "WORKER_002", 4L, LATER, "Which port?", AT, null));

  private EventSamples() {}
}
