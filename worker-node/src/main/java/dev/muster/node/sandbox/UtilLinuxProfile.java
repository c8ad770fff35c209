package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sandbox made of what every Linux has: unshare(1), mount(8), pivot_root(8), setpriv(1). One
/// shell builds the root of the sandbox in namespaces of its own, leaves the host's root, stays as
/// the first process of the step, and gives its powers to nobody.
///
/// @param isolation how the namespaces are made on this host
/// @param loopback how the loopback device of a network of its own is woken
/// @param filter of system calls, and what puts it on
/// @param accounts folder with the `passwd` and `group` that scripts see, and room for our own
/// @param dataFolder masked wherever it would be visible
record UtilLinuxProfile(
    Isolation isolation,
    Loopback loopback,
    SyscallFilter filter,
    SandboxLimits limits,
    Path accounts,
    Path dataFolder)
    implements Confinement {
  private static final List<String> PROGRAMS =
      List.of("sh", "setsid", "setpriv", "unshare", "mount", "umount", "pivot_root", "cp");

  /// A program that this sandbox needs and the host has not; null when nothing is missing.
  static @Nullable String missing() {
    return PROGRAMS.stream().filter(name -> Launch.program(name) == null).findFirst().orElse(null);
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.UTIL_LINUX;
  }

  @Override
  public String caveat() {
    return (loopback == Loopback.ASLEEP ? "; there is no loopback network in it" : "")
        + filter.caveat();
  }

  @Override
  public List<String> filtered(List<String> command) {
    return filter.on(command);
  }

  @Override
  public Start start(Job job, List<String> inside, @Nullable SeenEtc etc) throws IOException {
    var mounts = JobView.of(job, limits, accounts, dataFolder, null);
    var wake = job.network() ? Loopback.ASLEEP : loopback;
    var rest = new ArrayList<String>();
    rest.add(isolation.locked() ? "lock" : "");
    rest.add(JobView.startFolder(job).toString());
    rest.addAll(withoutPowers(inside));
    return new UtilLinuxStart(accounts, mounts, job.network(), wake).with(outside(job), rest);
  }

  /// The parent-death signal goes from this JVM to `unshare`, and from there to the first process
  /// of the process namespace, with which the kernel ends everything in it.
  private List<String> outside(Job job) {
    var line = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "KILL", "unshare"));
    if (isolation.userNamespace()) {
      line.addAll(List.of("--user", "--map-user=1000", "--map-group=1000", "--keep-caps"));
    }
    line.addAll(List.of("--mount", "--pid", "--fork", "--kill-child"));
    line.addAll(List.of("--ipc", "--uts", "--cgroup"));
    if (!job.network()) line.add("--net");
    return line;
  }

  /// Who changes to another user has given up the powers already.
  private List<String> withoutPowers(List<String> inside) {
    if (switchesUser()) return inside;
    var line = new ArrayList<>(List.of("setpriv", "--inh-caps", "-all"));
    if (isolation.userNamespace()) line.addAll(List.of("--ambient-caps", "-all"));
    line.addAll(List.of("--bounding-set", "-all", "--no-new-privs"));
    line.addAll(inside);
    return line;
  }
}
