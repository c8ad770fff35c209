package dev.muster.node.headroom;

import dev.muster.node.sandbox.ProcStat;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// The processor time of this JVM, and of everything below it, also of children that have ended.
final class OwnProcesses {
  /// The kernel counts in these whatever its own clock rate is (USER_HZ in time(7)).
  private static final double TICKS_PER_SECOND = 100;

  private final Supplier<OperatingSystem> system;

  OwnProcesses(Supplier<OperatingSystem> system) {
    this.system = system;
  }

  /// @param jvm the process itself
  /// @param below its children, theirs, and so on
  record Seconds(double jvm, double below) {}

  Seconds cpu() {
    var all = ProcStat.all();
    return all.isEmpty() ? asOshiSeesIt() : of(ProcessHandle.current().pid(), all);
  }

  static Seconds of(long root, List<ProcStat> all) {
    var children = all.stream().collect(Collectors.groupingBy(ProcStat::parent));
    var byPid =
        all.stream().collect(Collectors.toMap(ProcStat::pid, Function.identity(), (a, _) -> a));
    var jvm = 0L;
    var below = 0L;
    var left = new ArrayDeque<Long>(List.of(root));
    while (!left.isEmpty()) {
      var pid = left.remove();
      var stat = byPid.get(pid);
      if (stat != null) {
        if (pid == root) jvm = stat.cpuTicks();
        else below += stat.cpuTicks();
        below += stat.waitedTicks();
      }
      children.getOrDefault(pid, List.of()).forEach(child -> left.add(child.pid()));
    }
    return new Seconds(jvm / TICKS_PER_SECOND, below / TICKS_PER_SECOND);
  }

  private Seconds asOshiSeesIt() {
    var pid = (int) ProcessHandle.current().pid();
    var processes = system.get();
    var below = sum(processes.getDescendantProcesses(pid, null, null, 0));
    return new Seconds(sum(List.of(processes.getCurrentProcess())) / 1000.0, below / 1000.0);
  }

  private static long sum(Collection<OSProcess> processes) {
    return processes.stream()
        .mapToLong(process -> process.getKernelTime() + process.getUserTime())
        .sum();
  }
}
