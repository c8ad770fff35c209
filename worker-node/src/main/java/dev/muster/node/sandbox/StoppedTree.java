package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.Signals;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything below a process, brought to a stand before it is killed: the children of the dead are
/// found no more, and what is started between the look and the kill is in no list. Bubblewrap that
/// is killed while it makes its namespaces leaves its child behind so, which then runs the script.
final class StoppedTree {
  private static final Logger LOG = LoggerFactory.getLogger(StoppedTree.class);

  /// As deep as processes lie around a process namespace, which ends with its first one.
  private static final int DEPTH_MAX = 5;

  private static final int LOOKS_MAX = 200;
  private static final long LOOK_NANOS = 1_000_000;

  private StoppedTree() {}

  /// Those below it, all or as far as their namespace; the process itself stands, too.
  static List<ProcessHandle> below(Process process) {
    Map<Long, ProcessHandle> all = new LinkedHashMap<>();
    var found = List.of(process.toHandle());
    for (var depth = 0; depth < DEPTH_MAX && !found.isEmpty(); depth++) {
      stop(found);
      found.forEach(it -> all.put(it.pid(), it));
      found = process.descendants().filter(it -> !all.containsKey(it.pid())).toList();
    }
    found.forEach(it -> all.put(it.pid(), it));
    all.remove(process.pid());
    return List.copyOf(all.values());
  }

  private static void stop(List<ProcessHandle> some) {
    try {
      for (var it : some) Signals.stop(it.pid());
    } catch (IOException e) {
      LOG.debug("nothing is stopped before it is killed: {}", e.toString());
      return;
    }
    for (var it : some) {
      for (var look = 0; look < LOOKS_MAX && runs(it.pid()); look++) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  private static boolean runs(long pid) {
    var stat = ProcStat.read(pid);
    return stat != null && stat.alive() && !stat.state().equals("T");
  }
}
