package dev.muster.protocol.journal;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.proof.Seal;
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
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the samples of events are made of, with every component filled.
final class SampleParts {
  static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  static final Instant LATER = Instant.parse("2026-01-02T03:04:15.678Z");
  static final String SHA = "a".repeat(64);

  static final Artifact ARTIFACT = new Artifact("report/a.txt", SHA, 12, true);
  static final Assignment ASSIGNMENT =
      new Assignment(
          "run_1",
          "WORKER_001",
          SHA,
          "/srv/site",
          List.of("/srv/site/.muster"),
          List.of(ARTIFACT),
          true,
          3);
  static final StepResult STEP =
      new StepResult("block 1", 1, Duration.ofMillis(1500), SHA, 42, "timed out");
  static final AgentStep AGENT_STEP =
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
  static final Receipt RECEIPT =
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

  static final OperationRequest OPERATION =
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
  static final WorkerStatus STATUS =
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
  static final RunPlan PLAN =
      new RunPlan(
          "hello",
          List.of(new RunPlan.Wave(1, "inventory", 8, true, RunPlan.FailurePolicy.STOP)),
          List.of(
              new RunPlan.Planned(
                  "WORKER_001", "Greet", 1, SHA, List.of("WORKER_000"), Duration.ofMinutes(20))),
          new HeadroomLimits(70, 75, 80));
  static final RunScope SCOPE =
      new RunScope(
          List.of(new RunScope.Note("WORKER_002", "/srv/hello/WORKER_002.md", 33, "no test")),
          List.of(new RunScope.Note("WORKER_001", "/srv/hello/WORKER_001.md", 21, "is met")),
          List.of(),
          4,
          new RunScope.Findings(
              1,
              2,
              Map.of("no-test", 1, "thin-point", 2),
              List.of(new RunScope.Found("no-test", "/srv/hello/WORKER_002.md", 33, "no test"))));
  static final RunSettings SETTINGS =
      new RunSettings(
          "/srv/hello",
          "/srv/site",
          "/srv/out",
          List.of("/srv/.muster"),
          ApprovalPolicy.LOW,
          Duration.ofHours(24),
          true,
          3);

  private SampleParts() {}
}
