package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A place of our own in the cgroup hierarchies, where every step gets a cage that bounds its
/// memory and processes together, however it forks. Needs a hierarchy that this JVM may write.
final class Cgroups {
  private static final String PREFIX = "muster-";

  /// One place serves all sandboxes of a JVM: no two cages of it have one name, and the last to
  /// close removes it.
  private static final AtomicLong CAGES = new AtomicLong();

  private static int open;

  private final List<Path> homes;
  private final boolean unified;
  private boolean closed;

  private Cgroups(List<Path> homes, boolean unified) {
    this.homes = homes;
    this.unified = unified;
  }

  /// Null when no hierarchy with memory and process limits can be written. Also kills what an
  /// earlier JVM, dead by now, has left in cages of its own.
  static synchronized @Nullable Cgroups find() {
    var found = look();
    if (found != null) open++;
    return found;
  }

  private static @Nullable Cgroups look() {
    var unified = unifiedHome(CgroupMounts.v2());
    if (unified != null) return new Cgroups(List.of(unified), true);
    var memory = home(CgroupMounts.v1("memory"));
    if (memory == null) return null;
    var processes = home(CgroupMounts.v1("pids"));
    if (processes != null) return new Cgroups(List.of(memory, processes), false);
    if (open == 0) remove(memory);
    return null;
  }

  Cage cage(SandboxLimits limits) throws IOException {
    var name = Long.toString(CAGES.incrementAndGet());
    var folders = new ArrayList<Path>();
    for (var home : homes) folders.add(Files.createDirectory(home.resolve(name)));
    var cage = new Cage(folders, unified);
    cage.limit(limits);
    return cage;
  }

  void close() {
    synchronized (Cgroups.class) {
      if (closed) return;
      closed = true;
      if (--open == 0) homes.forEach(Cgroups::remove);
    }
  }

  private static @Nullable Path unifiedHome(List<Path> candidates) {
    for (var candidate : candidates) {
      var home = home(List.of(candidate));
      if (home == null) continue;
      if (!Cage.offers(home))
        Cage.write(candidate.resolve("cgroup.subtree_control"), "+memory +pids");
      if (Cage.offers(home)
          && Cage.write(home.resolve("cgroup.subtree_control"), "+memory +pids")) {
        return home;
      }
      remove(home);
    }
    return null;
  }

  /// The first folder in which we may make one.
  private static @Nullable Path home(List<Path> candidates) {
    for (var candidate : candidates) {
      try {
        reap(candidate);
        var home = candidate.resolve(ownName());
        if (!Files.isDirectory(home)) Files.createDirectory(home);
        return home;
      } catch (IOException _) {
        // Not ours to write: try the folder above.
      }
    }
    return null;
  }

  /// Process ids mean nothing without the pid namespace they belong to: nodes in containers may
  /// share a hierarchy and not see each other's processes.
  private static String pidNamespace() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
  }

  private static String ownName() throws IOException {
    var pid = ProcessHandle.current().pid();
    var stat = ProcStat.read(pid);
    if (stat == null) throw new IOException("no /proc/" + pid);
    return PREFIX + pidNamespace() + "-" + pid + "-" + stat.startTicks();
  }

  private static void reap(Path candidate) throws IOException {
    var ours = PREFIX + pidNamespace() + "-";
    try (var homes = Files.newDirectoryStream(candidate, ours + "*-*")) {
      for (var home : homes) {
        if (ownerIsDead(home.getFileName().toString().substring(ours.length()))) remove(home);
      }
    }
  }

  private static boolean ownerIsDead(String pidAndStart) {
    var parts = pidAndStart.split("-", 3);
    if (parts.length != 2 || !parts[0].matches("[0-9]{1,10}")) return false;
    var stat = ProcStat.read(Long.parseLong(parts[0]));
    return stat == null || !Long.toString(stat.startTicks()).equals(parts[1]);
  }

  private static void remove(Path home) {
    try (var cages = Files.newDirectoryStream(home, Files::isDirectory)) {
      for (var cage : cages) new Cage(List.of(cage), false).close();
      Files.deleteIfExists(home);
    } catch (IOException _) {
      // An empty folder that stays behind does no harm, and the next start tries again.
    }
  }
}
