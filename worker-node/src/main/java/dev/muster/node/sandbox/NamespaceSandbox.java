package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The real sandbox: namespaces of its own for every step, made in one way or another, and a cgroup
/// where one can be made.
public final class NamespaceSandbox implements Sandbox {
  private static final int TRIES_MAX = 5;

  private final Confinement confinement;
  private final SandboxLimits limits;
  private final @Nullable Cgroups cgroups;
  private final Overseer overseer = new Overseer();

  NamespaceSandbox(Confinement confinement, SandboxLimits limits, @Nullable Cgroups cgroups) {
    this.confinement = confinement;
    this.limits = limits;
    this.cgroups = cgroups;
  }

  @Override
  public SandboxKind kind() {
    return confinement.kind();
  }

  @Override
  public String describe() {
    var bounds =
        cgroups != null
            ? "a cgroup bounds memory and processes of each step"
            : "no cgroup can be written, so memory is added up twice a second";
    var ports =
        StepIdentity.locksPorts(confinement)
            ? ""
            : "; a step with network reaches the nodes of this host (no Landlock 4 here)";
    return "%s in %s; %s%s%s"
        .formatted(
            kind().word(),
            confinement.isolation().description(),
            bounds,
            confinement.caveat(),
            ports);
  }

  @Override
  public Ended run(Job job, Capture capture, Leave leave) throws IOException, InterruptedException {
    if (confinement.waitsForLeave()) return confined(job, capture, leave);
    leave.await();
    return confined(job, capture, Leave.GIVEN);
  }

  private Ended confined(Job job, Capture capture, Leave leave)
      throws IOException, InterruptedException {
    var cage = cgroups == null ? null : cgroups.cage(limits);
    try (var identity = StepIdentity.of(job, confinement)) {
      var counts = countsProcesses(identity.user() != null);
      var limited = Launch.limits(limits, cage != null, counts);
      var inside = identity.as(confinement.filtered(Launch.bash(limited, JobView.SCRIPT, leave)));
      for (var tries = 1; ; tries++) {
        try (var start =
            identity.launcher().run(() -> confinement.start(job, inside, identity.etc()))) {
          var tree = tree(identity, cage, job, leave);
          var command = Prelude.before(confinement.file(), start.command(), leave);
          var ended = run(command, job, capture, tree, leave);
          if (start.began() || ended.note() != null) return explained(ended, cage);
          if (!start.mayBegin() || tries == TRIES_MAX) throw notSetUp(ended, capture);
        }
      }
    } finally {
      if (cage != null) Uninterrupted.run(cage::close);
    }
  }

  private NamespaceTree tree(StepIdentity identity, @Nullable Cage cage, Job job, Leave leave) {
    var bounds = new StepBounds(overseer, limits, job, cage);
    var prelude = new Prelude(cage, identity.user(), leave);
    return new NamespaceTree(identity.launcher(), prelude, bounds);
  }

  private Ended run(List<String> command, Job job, Capture capture, ProcessTree tree, Leave leave)
      throws IOException, InterruptedException {
    var inputs = JobView.INPUTS.toString();
    return ProcessRun.run(
        command,
        Launch.environment(
            job, limits.environments(), JobView.PYTHON, "/tmp", inputs, job.target()),
        Path.of("/"),
        job.timeLimit(),
        capture,
        tree,
        leave);
  }

  private static IOException notSetUp(Ended ended, Capture capture) {
    var said = capture.lastLine() == null ? "exit " + ended.exitCode() : capture.lastLine();
    var sentence = "the sandbox could not be set up: ";
    return new IOException(said.startsWith(sentence) ? said : sentence + said);
  }

  private Ended explained(Ended ended, @Nullable Cage cage) {
    if (cage == null || ended.exitCode() == 0 || ended.note() != null) return ended;
    return new Ended(ended.exitCode(), ended.duration(), cage.verdict(limits));
  }

  /// Another user is counted alone. Else the limit counts per user namespace since Linux 5.14;
  /// before that it would be hit by what the same user runs besides.
  private static boolean countsProcesses(boolean anotherUser) {
    if (anotherUser) return true;
    var version = System.getProperty("os.version", "0.0").split("[^0-9]+", 3);
    if (version.length < 2) return false;
    var major = Integer.parseInt(version[0]);
    return major > 5 || (major == 5 && Integer.parseInt(version[1]) >= 14);
  }

  /// It does not work here; the cgroups are somebody else's now.
  void giveUp() {
    overseer.close();
  }

  @Override
  public void close() {
    overseer.close();
    if (cgroups != null) Uninterrupted.run(cgroups::close);
  }

  /// Killing what was started ends its pid namespace, and with it everything inside.
  private record NamespaceTree(ProcessLauncher launcher, Prelude prelude, StepBounds bounds)
      implements ProcessTree {
    @Override
    public Process start(ProcessBuilder builder) throws IOException {
      return prelude.start(launcher, builder);
    }

    @Override
    public void started(Process process) {
      bounds.began(process);
    }

    @Override
    public @Nullable String breach() {
      return bounds.breach();
    }

    @Override
    public @Nullable Duration overdue() {
      return bounds.overdue();
    }

    @Override
    public void kill(Process process) {
      bounds.ended();
      var cage = prelude.cage();
      var below = below(process, cage);
      ProcessTree.end(process);
      if (cage != null) cage.kill();
      below.forEach(ProcessHandle::destroyForcibly);
      await(process);
    }

    /// A cgroup knows all that is in it.
    private static List<ProcessHandle> below(Process process, @Nullable Cage cage) {
      // Of one that has ended nobody is a child any more.
      if (!process.isAlive()) return List.of();
      return cage == null ? StoppedTree.below(process) : process.descendants().toList();
    }

    private static void await(Process process) {
      try {
        // Longer than that only when it is stuck in the kernel; it dies as soon as it leaves it.
        var _ = process.waitFor(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
