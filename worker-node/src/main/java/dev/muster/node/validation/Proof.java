package dev.muster.node.validation;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Receipt.Tested;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tests of one attempt, on one copy or another of what it made.
record Proof(
    WorkerInstruction instruction,
    Deliverables deliverables,
    Workspace workspace,
    Steps steps,
    Job job) {
  private static final String NEEDS_FILES =
      "its tests pass only with files that are neither declared nor inputs";

  /// What a run of the tests came to.
  ///
  /// @param failure of the first that did not pass; null when all did
  /// @param empty of the first whose runner says that it found no tests; null when none did
  record Trial(List<Tested> tested, @Nullable String failure, @Nullable String empty) {
    Trial {
      tested = List.copyOf(tested);
    }
  }

  /// Nothing else that a worker left can stand in for its work.
  Trial withWhatWasDeclared() throws IOException, InterruptedException {
    workspace.copyDeclared(instruction.deliverables());
    return test(job.in(workspace.validation()).proving());
  }

  Trial withEverything() throws IOException, InterruptedException {
    steps.sayLeftOut(workspace.copyForValidation());
    return test(job.in(workspace.validation()).proving());
  }

  /// Why the verdict is weak if they pass with everything; null when that need not be tried.
  @Nullable String mayNeedMore(String failure) throws IOException {
    if (steps.isOutOfTime() || !workspace.holdsUndeclared(instruction.deliverables())) return null;
    steps.say(
        "with the declared deliverables and the inputs alone: "
            + failure
            + "; once more with everything in the workspace");
    return NEEDS_FILES;
  }

  /// Runs the tests until one fails.
  private Trial test(Job test) throws IOException, InterruptedException {
    var tested = new ArrayList<Tested>();
    String empty = null;
    for (var script : instruction.tests()) {
      var step = steps.run("test " + script.ordinal(), script.text(), test);
      var failure = failure(script, step, test, tested);
      if (failure != null) return new Trial(tested, failure, empty);
      if (empty == null && step.emptyRun() != null) {
        empty = "test %d found no tests to run: %s".formatted(script.ordinal(), step.emptyRun());
      }
    }
    return new Trial(tested, null, empty);
  }

  private @Nullable String failure(Script script, Step step, Job test, List<Tested> tested)
      throws IOException {
    tested.add(
        new Tested(
            "bash -eo pipefail test-%d.sh".formatted(script.ordinal()),
            Sha256.of(script.text()),
            script.masked(),
            step.result()));
    if (!step.result().passed()) return step.failure();
    if (step.failLine() != null) {
      return "test %d ended with exit 0, and printed a line that begins with FAIL: %s"
          .formatted(script.ordinal(), step.failLine());
    }
    var changed = deliverables.changedIn(test.work());
    return changed == null ? null : changed + " " + script.ordinal();
  }
}
