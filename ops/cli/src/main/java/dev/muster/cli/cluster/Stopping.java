package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile.Member;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ends nodes: asks them (SIGTERM), gives running attempts their grace, and then insists (SIGKILL).
record Stopping(Wiring wiring) {
  /// What leaving the cluster takes on top of the grace.
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration KILL_MAX = Duration.ofSeconds(10);

  /// Workers first, so that orchestrators hear how their last attempts ended.
  void stopAll(List<Member> workers, List<Member> orchestrators) {
    stop(workers);
    stop(orchestrators);
  }

  void stop(List<Member> nodes) {
    Map<Member, ProcessNote> left = new LinkedHashMap<>();
    for (var node : nodes) {
      var process = ProcessNote.living(node.data(wiring.data()));
      if (process != null) left.put(node, process);
    }
    left.values().forEach(ProcessNote::terminate);
    var grace = wiring.settings().settings().cluster().grace();
    var until = wiring.pace().now().plus(grace).plus(MARGIN);
    while (!left.isEmpty() && wiring.pace().now().isBefore(until)) {
      for (var node : List.copyOf(left.keySet())) step(node, left);
      if (!left.isEmpty()) wiring.pace().sleep(PAUSE);
    }
    var seconds = grace.plus(MARGIN).toSeconds();
    left.forEach((node, process) -> {
      wiring.terminal().warn(node.name() + " did not end within " + seconds + " s; killed");
      kill(process);
    });
  }

  private void step(Member node, Map<Member, ProcessNote> left) {
    var process = left.get(node);
    if (process == null) return;
    if (!process.alive()) {
      left.remove(node);
      wiring.terminal().say(node.name() + " stopped");
    } else if (process.suspended()) {
      left.remove(node);
      wiring.terminal().warn(node.name() + " is suspended and cannot end by itself; killed");
      kill(process);
    }
  }

  /// As if its plug were pulled. Returns once it has ended.
  void kill(ProcessNote process) {
    process.kill();
    var until = wiring.pace().now().plus(KILL_MAX);
    while (process.alive() && wiring.pace().now().isBefore(until)) wiring.pace().sleep(PAUSE);
  }
}
