package dev.muster.node.validation;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.workspace.FileNames;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Artifacts;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.Receipt.Tested;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs an instruction's own tests on a copy of what it declares, and only when they fail there on
/// a copy of the whole workspace: what passes so is *weak*. The scripts come from the instruction,
/// never from the workspace, and run without any permit, so that nothing a worker left can stand in
/// for its proof.
public final class Validator {

  private final Artifacts artifacts;

  public Validator(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /// @param lasting whether another attempt would fail in the same way
  public record Validation(Receipt receipt, boolean lasting) {}

  /// The receipt, with a failure in words when something is not as it should be. When it has
  /// passed, the deliverables are in the artifact store.
  ///
  /// @param job what the tests may see, pointing at the attempt's own workspace
  /// @param ended told when no test runs any more, before what has passed is stored
  public Validation validate(
      WorkerInstruction instruction, Workspace workspace, Steps steps, Job job, Runnable ended)
      throws IOException, InterruptedException {
    var deliverables = Deliverables.in(workspace.work(), instruction);
    var problem = deliverables.problem();
    if (problem == null && instruction.tests().isEmpty()) {
      problem = "the instruction has no TEST_PROCESS script, so nothing can prove the work";
    }
    if (problem != null) {
      return new Validation(
          receipt(instruction, deliverables, new Proof.Trial(List.of(), problem, null), null),
          deliverables.lasting());
    }
    var proof = new Proof(instruction, deliverables, workspace, steps, job);
    var trial = proof.withWhatWasDeclared();
    var because = trial.failure() == null ? null : proof.mayNeedMore(trial.failure());
    if (because != null) {
      trial = proof.withEverything();
      if (trial.failure() != null) because = null;
    }
    ended.run();
    if (because == null) because = trial.empty();
    workspace.discardValidation();
    if (trial.failure() == null) {
      trial = new Proof.Trial(trial.tested(), store(deliverables, workspace), trial.empty());
    }
    return new Validation(
        receipt(instruction, deliverables, trial, because), deliverables.lasting());
  }

  private static Receipt receipt(
      WorkerInstruction instruction,
      Deliverables deliverables,
      Proof.Trial trial,
      @Nullable String because) {
    return new Receipt(
        instruction.digest(),
        deliverables.artifacts(),
        trial.tested(),
        because != null || trial.tested().stream().anyMatch(Tested::masked),
        trial.failure(),
        because);
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
