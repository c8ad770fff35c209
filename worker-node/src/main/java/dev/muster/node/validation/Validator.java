package dev.muster.node.validation;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.workspace.ArtifactStore;
import dev.muster.node.workspace.Digests;
import dev.muster.node.workspace.FileNames;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.Receipt.Tested;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs an instruction's own tests on a copy of the workspace. The scripts come from the
/// instruction, never from the workspace, and run without any permit, so that nothing a worker left
/// can stand in for its proof.
public final class Validator {

  private final ArtifactStore artifacts;

  public Validator(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  /// @param lasting whether another attempt would fail in the same way
  public record Validation(Receipt receipt, boolean lasting) {}

  /// The receipt, with a failure in words when something is not as it should be. When it has
  /// passed, the deliverables are in the artifact store.
  ///
  /// @param job what the tests may see, pointing at the attempt's own workspace
  public Validation validate(
      WorkerInstruction instruction, Workspace workspace, Steps steps, Job job)
      throws IOException, InterruptedException {
    var deliverables = Deliverables.in(workspace.work(), instruction);
    var tested = new ArrayList<Tested>();
    var failure = deliverables.problem();
    if (failure == null && instruction.tests().isEmpty()) {
      failure = "the instruction has no TEST_PROCESS script, so nothing can prove the work";
    }
    if (failure == null) {
      steps.sayLeftOut(workspace.copyForValidation());
      failure = test(instruction.tests(), deliverables, workspace.validation(), steps, job, tested);
      workspace.discardValidation();
    }
    if (failure == null) failure = store(deliverables, workspace);
    var receipt =
        new Receipt(
            instruction.digest(),
            deliverables.artifacts(),
            tested,
            tested.stream().anyMatch(Tested::masked),
            failure);
    return new Validation(receipt, deliverables.lasting());
  }

  /// Runs the tests until one fails; null when all pass.
  private static @Nullable String test(
      List<Script> tests,
      Deliverables deliverables,
      Path copy,
      Steps steps,
      Job job,
      List<Tested> tested)
      throws IOException, InterruptedException {
    for (var test : tests) {
      var step = steps.run("test " + test.ordinal(), test.text(), job.in(copy));
      tested.add(
          new Tested(
              "bash -eo pipefail test-%d.sh".formatted(test.ordinal()),
              Digests.ofText(test.text()),
              test.masked(),
              step.result()));
      if (!step.result().passed()) return step.failure();
      if (step.failLine() != null) {
        return "test %d ended with exit 0, and printed a line that begins with FAIL: %s"
            .formatted(test.ordinal(), step.failLine());
      }
      var changed = deliverables.changedIn(copy);
      if (changed != null) return changed + " " + test.ordinal();
    }
    return null;
  }

  private @Nullable String store(Deliverables deliverables, Workspace workspace)
      throws IOException {
    for (var artifact : deliverables.artifacts()) {
      var stored = artifacts.put(workspace.work().resolve(artifact.path()), artifact.path());
      if (!stored.equals(artifact.withoutTime())) {
        return "the deliverable `%s` changed after it was hashed"
            .formatted(FileNames.shown(Path.of(artifact.path())));
      }
    }
    return null;
  }
}
