package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// No sandbox at all: the script runs with the rights of the operator, in a session of its own and
/// with a clean environment. It exists for hosts where none works, and everything above read-only
/// goes through the gate here.
public final class PlainSandbox implements Sandbox {
  private final SandboxLimits limits;
  private final @Nullable Cgroups cgroups;
  private final ProcessRecords records;
  private final Path python;
  private final String why;
  private final Overseer overseer = new Overseer();

  /// @param python folder of [ProofSwitches]
  /// @param why there is no better sandbox, as a sentence's end
  PlainSandbox(
      SandboxLimits limits,
      @Nullable Cgroups cgroups,
      ProcessRecords records,
      Path python,
      String why) {
    this.limits = limits;
    this.cgroups = cgroups;
    this.records = records;
    this.python = python;
    this.why = why;
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.NONE;
  }

  @Override
  public String describe() {
    return "NO SANDBOX: scripts run with the rights of this user (" + why + ")";
  }

  @Override
  public Ended run(Job job, Capture capture, Leave leave) throws IOException, InterruptedException {
    leave.await();
    Files.createDirectories(job.scratch());
    var cage = cgroups == null ? null : cgroups.cage(limits);
    var note = records.add(job.names());
    Orphans.stepBegins();
    try {
      var command = new ArrayList<String>();
      var setsid = Launch.program("setsid");
      if (setsid != null) command.add(setsid.toString());
      command.addAll(Launch.bash(Launch.limits(limits, cage != null, false), job.script()));
      var temporary = job.scratch().toString();
      var ended =
          ProcessRun.run(
              cage == null ? List.copyOf(command) : cage.enter(command),
              Launch.environment(
                  job,
                  limits.environments(),
                  python,
                  temporary,
                  job.inputs().toString(),
                  job.targetContent()),
              job.startsInTarget() ? job.targetContent() : job.work(),
              job.timeLimit(),
              capture,
              new Tree(note, job.names(), cage, bounds(job, cage)));
      if (cage == null || ended.exitCode() == 0 || ended.note() != null) return ended;
      return new Ended(ended.exitCode(), ended.duration(), cage.verdict(limits));
    } finally {
      Uninterrupted.run(Orphans::stepEnded);
      ProcessRecords.remove(note);
      if (cage != null) Uninterrupted.run(cage::close);
    }
  }

  private StepBounds bounds(Job job, @Nullable Cage cage) {
    return new StepBounds(overseer, limits, job, cage);
  }

  @Override
  public void close() {
    overseer.close();
    if (cgroups != null) Uninterrupted.run(cgroups::close);
  }

  private record Tree(Path note, Job.Names names, @Nullable Cage cage, StepBounds bounds)
      implements ProcessTree {
    @Override
    public @Nullable String breach() {
      return bounds.breach();
    }

    @Override
    public @Nullable Duration overdue() {
      return bounds.overdue();
    }

    @Override
    public void started(Process process) {
      bounds.began(process);
      ProcessRecords.started(note, process.pid());
    }

    @Override
    public void kill(Process process) {
      bounds.ended();
      var below = process.descendants().toList();
      ProcessTree.end(process);
      below.forEach(ProcessHandle::destroyForcibly);
      if (cage != null) cage.kill();
      Strays.kill(process.pid(), names);
    }
  }
}
