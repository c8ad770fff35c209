package dev.muster.protocol.journal;

import static dev.muster.protocol.journal.SampleParts.ASSIGNMENT;
import static dev.muster.protocol.journal.SampleParts.AT;
import static dev.muster.protocol.journal.SampleParts.ATTESTED;
import static dev.muster.protocol.journal.SampleParts.LATER;
import static dev.muster.protocol.journal.SampleParts.OPERATION;
import static dev.muster.protocol.journal.SampleParts.PLAN;
import static dev.muster.protocol.journal.SampleParts.SCOPE;
import static dev.muster.protocol.journal.SampleParts.SETTINGS;
import static dev.muster.protocol.journal.SampleParts.SHA;
import static dev.muster.protocol.journal.SampleParts.STEP;

import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.Binding.BoundFile;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunScope;
import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.WorkerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Events that have got a field since their golden file was written, by what they got.
final class GrownSamples {
  static final Map<String, MusterEvent> ALL = new TreeMap<>();

  private static final Map<String, MusterEvent> FIRST =
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
                      List.of("workspace: a.sh has another content")),
                  null),
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
    ALL.putAll(FIRST);
    ALL.put("created-ignored", ignoring(List.of(SCOPE.assumed().getFirst())));
    ALL.put(
        "gate-launched",
        new RunEvent.WaveGateDecided(2, Decision.APPROVED, "launched by alice", AT, "alice"));
    ALL.put(
        "created-tags",
        new RunEvent.RunCreated(
            "run_1", PLAN, SETTINGS.withTags(List.of("nightly", "team=red")), AT));
    ALL.put(
        "created-by", new RunEvent.RunCreated("run_1", PLAN, SETTINGS.withStartedBy("alice"), AT));
    ALL.put(
        "requested-why",
        new ApprovalRequested(
            "apr_1_a", OPERATION.because("The old site is gone."), false, LATER, AT));
    ALL.put(
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
                    SHA, List.of(), List.of(), List.of(), List.of(), SHA, "the database itself"),
                null),
            false,
            LATER,
            AT));
    ALL.put(
        "said-floor",
        new CommonsEvent.Said(
            "WORKER_001", 9, 1, 1, "WORKER_002", null, LATER, "Which?", AT, "chosen"));
  }

  private GrownSamples() {}

  private static RunEvent ignoring(List<RunScope.Note> ignored) {
    var scope = new RunScope(List.of(), List.of(), ignored, 0, RunScope.Findings.NONE);
    var plan = new RunPlan(PLAN.workforce(), PLAN.waves(), PLAN.workers(), null, scope);
    return new RunEvent.RunCreated("run_1", plan, SETTINGS, AT);
  }
}
