package dev.muster.node.executor;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.sandbox.TimeBudget;
import dev.muster.node.workspace.AttemptLog;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Everything an attempt works with.
///
/// @param job what any of its scripts may see at least
record AttemptSetting(
    Executor.Execute request,
    Workplace workplace,
    WorkerInstruction instruction,
    Workspace workspace,
    AttemptTarget target,
    Steps steps,
    Job job,
    AttemptLog log) {
  static AttemptSetting of(
      Executor.Execute request,
      Workplace workplace,
      WorkerInstruction instruction,
      Workspace workspace,
      AttemptTarget target,
      AttemptLog log)
      throws IOException {
    var assignment = request.assignment();
    var budget = new TimeBudget(instruction.timeLimit(), workspace.ran(), instruction.limitFrom());
    var job =
        Job.plain(
                new Job.Names(assignment.run(), assignment.worker(), request.attempt()),
                workspace.work(),
                workspace.inputs(),
                workspace.scratch(),
                target.path(),
                assignment.hidden().stream().map(path -> RealPaths.of(Path.of(path))).toList())
            .seeing(target.content());
    var steps = new Steps(workplace.sandbox(), workplace.limits(), workspace, log, budget);
    return new AttemptSetting(request, workplace, instruction, workspace, target, steps, job, log);
  }

  /// What a script printed, without the places of this attempt: the same for every attempt.
  String shown(String output) {
    return output
        .replace(workspace.validation().toString(), ".")
        .replace(workspace.work().toString(), ".")
        .replace(workspace.inputs().toString(), "$MUSTER_INPUTS")
        .replace(workspace.folder().toString(), "..");
  }

  /// Ends an attempt whose workspace holds too much; null when it does not.
  ///
  /// @param after what made it so
  @Nullable AttemptReport tooLarge(String after) throws IOException {
    var bytes = workspace.bytes();
    var max = workplace.limits().workspaceBytesMax();
    if (bytes <= max) return null;
    return new Unsuccessful(
        "after %s the workspace holds %d MiB, more than the %d MiB it may"
            .formatted(after, bytes >> 20, max >> 20),
        true,
        null);
  }
}
