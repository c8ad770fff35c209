package dev.muster.protocol.journal;

import static dev.muster.protocol.journal.SampleParts.AGENT_STEP;
import static dev.muster.protocol.journal.SampleParts.ASSIGNMENT;
import static dev.muster.protocol.journal.SampleParts.AT;
import static dev.muster.protocol.journal.SampleParts.LATER;
import static dev.muster.protocol.journal.SampleParts.OPERATION;
import static dev.muster.protocol.journal.SampleParts.PLAN;
import static dev.muster.protocol.journal.SampleParts.RECEIPT;
import static dev.muster.protocol.journal.SampleParts.SETTINGS;
import static dev.muster.protocol.journal.SampleParts.SHA;
import static dev.muster.protocol.journal.SampleParts.STATUS;
import static dev.muster.protocol.journal.SampleParts.STEP;

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
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One event of every type, with every component filled.
final class EventSamples {
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
