package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Waits until nodes are ready, telling each.
record Readiness(Wiring wiring, Daemons daemons) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(150);
  private static final int LINES_SHOWN = 12;

  /// @param started those whose readiness is news
  /// @throws Refusal when one of them ends, or the time is up; with what that node has said
  void await(List<Member> nodes, List<Member> started) {
    var began = wiring.pace().now();
    var own = wiring.until();
    var until = own == null ? began.plus(PATIENCE) : own;
    var left = new LinkedHashSet<>(nodes);
    var probe = new NodeProbe(wiring.data());
    while (!left.isEmpty()) {
      for (var node : List.copyOf(left)) {
        var process = ProcessNote.living(node.data(wiring.data()));
        if (process == null) throw ended(node);
        if (!probe.ready(node)) continue;
        left.remove(node);
        if (started.contains(node)) tell(node, process, began);
      }
      if (left.isEmpty()) return;
      if (wiring.pace().now().isAfter(until)) throw late(left);
      wiring.pace().sleep(PAUSE);
    }
  }

  private void tell(Member node, ProcessNote process, Instant began) {
    var seconds = Duration.between(began, wiring.pace().now()).toMillis() / 1000.0;
    wiring
        .terminal()
        .say(
            String.format(
                Locale.ROOT,
                "%s is ready (process %d, after %.1f s)",
                node.name(),
                process.pid(),
                seconds));
  }

  private Refusal ended(Member node) {
    return new Refusal(
        Exit.FAILED,
        node.name() + " has ended before it was ready. Its last words:\n" + words(node),
        "all of them: " + daemons.console(node) + ", then again: `muster cluster up`");
  }

  private Refusal late(LinkedHashSet<Member> left) {
    var names = left.stream().map(Member::name).collect(Collectors.joining(", "));
    var first = left.getFirst();
    return new Refusal(
        Exit.TIMED_OUT,
        names + ": not ready in time. The last words of " + first.name() + ":\n" + words(first),
        "look: `muster cluster status`, and " + daemons.console(first));
  }

  private String words(Member node) {
    var said = daemons.tail(node, LINES_SHOWN);
    if (said.isEmpty()) return "  (none)";
    return Text.block(said).lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }
}
