package dev.muster.node.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a script has let go of comes to this JVM, which while steps run is the subreaper of all it
/// starts (PR_SET_CHILD_SUBREAPER, prctl(2)): however it leaves its session, wipes its environment
/// or changes its cgroup, its parent is known. It is ended when the last step that may have started
/// it ends.
///
/// What else this JVM or a command of it leaves running comes here, too, such as the database of a
/// cluster. Each step is held to files of a certain size ([Launch]), to which whatever it starts is
/// held as well, and which nobody but root can raise again: what may write larger ones is no
/// step's. Where this JVM may not either, nothing but its program tells a node from an orphan.
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int WNOHANG = 1;
  private static final int ROUNDS_MAX = 200;
  private static final long ROUND_NANOS = 10_000_000;

  /// The line of `/proc/<pid>/limits` (proc_pid_limits(5)): name, soft, hard, unit.
  private static final String FILE_SIZE = "Max file size";

  /// Started by this JVM itself, and not ended yet.
  private static final Set<Long> OWN = ConcurrentHashMap.newKeySet();

  private static boolean receives;
  private static int steps;

  private Orphans() {}

  /// Starts a process.
  @FunctionalInterface
  interface Start {
    Process start() throws IOException;
  }

  /// Nobody looks for orphans before it is known that this is none.
  static synchronized Process starting(Start start) throws IOException {
    var process = start.start();
    OWN.add(process.pid());
    var _ = process.onExit().thenRun(() -> OWN.remove(process.pid()));
    return process;
  }

  static synchronized void stepBegins() {
    if (steps++ == 0) receives = Native.receive(true);
  }

  /// While another step runs an orphan may be that one's, so it has to wait for its end.
  static synchronized void stepEnded() {
    if (--steps > 0 || !receives) return;
    var left = find();
    for (var round = 0; round < ROUNDS_MAX && !left.isEmpty(); round++) {
      left.forEach(Orphans::end);
      LockSupport.parkNanos(ROUND_NANOS);
      left = find();
    }
    if (!left.isEmpty()) LOG.warn("what a command left behind could not be ended: {}", left);
    receives = !Native.receive(false);
  }

  private static void end(ProcStat orphan) {
    if (orphan.alive()) {
      ProcessHandle.of(orphan.pid())
          .ifPresent(handle -> {
            LOG.info("process {} outlived its command and was ended", orphan.pid());
            handle.descendants().forEach(ProcessHandle::destroyForcibly);
            handle.destroyForcibly();
          });
    }
    Native.reap(orphan.pid());
  }

  /// Every command begins a session of its own; what else this JVM starts shares the JVM's.
  private static List<ProcStat> find() {
    var self = ProcessHandle.current().pid();
    var own = ProcStat.read(self);
    if (own == null) return List.of();
    return ProcStat.all().stream()
        .filter(stat -> stat.parent() == self && stat.session() != own.session())
        .filter(stat -> !OWN.contains(stat.pid()))
        .filter(stat -> !stat.alive() || isOfAStep(stat.pid(), self))
        .toList();
  }

  private static boolean isOfAStep(long pid, long self) {
    if (program(pid).equals(program(self))) return false;
    var own = fileBytesMax(self);
    return own != Long.MAX_VALUE || fileBytesMax(pid) < own;
  }

  /// The most it may ever allow itself; without a limit, or where that cannot be read, as much as
  /// there is.
  private static long fileBytesMax(long pid) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "limits"))) {
      return lines
          .filter(line -> line.startsWith(FILE_SIZE))
          .map(line -> line.substring(FILE_SIZE.length()).strip().split(" +", -1)[1])
          .filter(hard -> !hard.equals("unlimited"))
          .map(Long::parseLong)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException | UncheckedIOException _) {
      return Long.MAX_VALUE;
    }
  }

  private static String program(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe")).toString();
    } catch (IOException _) {
      return "unknown " + pid;
    }
  }

  /// The two calls of the system.
  private static final class Native {
    private static boolean receive(boolean on) {
      try {
        var prctl =
            handle(
                "prctl",
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        return (int) prctl.invokeExact(PR_SET_CHILD_SUBREAPER, on ? 1L : 0L, 0L, 0L, 0L) == 0;
      } catch (Throwable e) {
        LOG.warn("what commands leave behind cannot be received: {}", e.toString());
        return false;
      }
    }

    /// So that what has ended does not stay as a zombie.
    private static void reap(long pid) {
      try {
        var waitpid =
            handle(
                "waitpid",
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));
        var _ = (int) waitpid.invokeExact((int) pid, MemorySegment.NULL, WNOHANG);
      } catch (Throwable e) {
        LOG.debug("{} stays a zombie: {}", pid, e.toString());
      }
    }

    @SuppressWarnings("restricted") // the launcher allows native access
    private static MethodHandle handle(
        String name, FunctionDescriptor description, Linker.Option... options) {
      var linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), description, options);
    }

    private Native() {}
  }
}
