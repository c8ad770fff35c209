package dev.muster.node.executor;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.sandbox.TimeBudget;
import dev.muster.node.workspace.AttemptLog;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.instruction.WorkerInstruction;
import java.io.IOException;
import java.nio.file.Path;

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
}
