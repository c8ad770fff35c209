package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The real sandbox: bubblewrap, and a cgroup for every step where one can be made.
public final class BubblewrapSandbox implements Sandbox {
  private final BwrapProfile profile;
  private final SandboxLimits limits;
  private final @Nullable Cgroups cgroups;

  BubblewrapSandbox(BwrapProfile profile, SandboxLimits limits, @Nullable Cgroups cgroups) {
    this.profile = profile;
    this.limits = limits;
    this.cgroups = cgroups;
  }

  @Override
  public boolean isolates() {
    return true;
  }

  @Override
  public String describe() {
    var bounds =
        cgroups != null
            ? "a cgroup bounds memory and processes of each step"
            : "no cgroup can be written, so memory is bounded process by process";
    return "bubblewrap in %s; %s".formatted(profile.isolation().description(), bounds);
  }

  @Override
  public Ended run(Job job, Capture capture) throws IOException, InterruptedException {
    var cage = cgroups == null ? null : cgroups.cage(limits);
    try {
      var inside =
          Launch.bash(
              Launch.limits(limits, cage != null, countsProcesses(job)), BwrapProfile.SCRIPT);
      var command = profile.command(job, asWho(job, inside));
      var environment =
          Launch.environment(job, "/tmp", "/tmp", BwrapProfile.INPUTS.toString(), job.target());
      var ended =
          ProcessRun.run(
              cage == null ? command : cage.enter(command),
              environment,
              Path.of("/"),
              job.timeLimit(),
              capture,
              new Tree(cage));
      return explained(ended, cage);
    } finally {
      if (cage != null) Uninterrupted.run(cage::close);
    }
  }

  private List<String> asWho(Job job, List<String> inside) throws IOException {
    if (!profile.switchesUser(job)) return inside;
    var user = OtherUser.next();
    if (!job.startsInTarget()) user.own(job.work());
    return user.command(inside);
  }

  private Ended explained(Ended ended, @Nullable Cage cage) {
    if (cage == null || ended.exitCode() == 0 || ended.note() != null) return ended;
    return new Ended(ended.exitCode(), ended.duration(), cage.verdict(limits));
  }

  /// Another user is counted alone. Else the limit counts per user namespace since Linux 5.14;
  /// before that it would be hit by what the same user runs besides.
  private boolean countsProcesses(Job job) {
    if (profile.switchesUser(job)) return true;
    var version = System.getProperty("os.version", "0.0").split("[^0-9]+", 3);
    if (version.length < 2) return false;
    var major = Integer.parseInt(version[0]);
    return major > 5 || (major == 5 && Integer.parseInt(version[1]) >= 14);
  }

  @Override
  public void close() {
    if (cgroups != null) Uninterrupted.run(cgroups::close);
  }

  /// Killing bubblewrap ends its pid namespace, and with it everything inside.
  private record Tree(@Nullable Cage cage) implements ProcessTree {
    @Override
    public void started(Process process) {}

    @Override
    public void kill(Process process) {
      var below = process.descendants().toList();
      ProcessTree.end(process);
      if (cage != null) cage.kill();
      below.forEach(ProcessHandle::destroyForcibly);
      await(process);
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
