package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A node that stays (`muster up`): what it takes while it does nothing, and a minute after a
/// rehearsal of N workers that another process asked for; and what a worker costs that its
/// supervisor only knows of: live bytes with and without N that wait for an earlier wave, by `jcmd
/// GC.class_histogram`.
record W4(Build build) implements Engine {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final int SETTLES_SECONDS = 10;
  private static final int IDLE_SECONDS = 20;

  /// A node that has become idle gives its heap back (`IdleHeap`).
  private static final int GIVEN_BACK_SECONDS = 60;

  private static final double TICKS_PER_SECOND = 100;

  static List<Engine> engines(Scope scope) {
    return scope.builds().stream().<Engine>map(W4::new).toList();
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var workforce = folder.resolve("workforce");
    Workforces.add(workforce, 1, workers, 1, Workforces.block("", Workforces.SCRIPT));
    var held = folder.resolve("held");
    Workforces.add(held, 1, 1, 1, Workforces.block(" operation=config_change writes=\".\"", ":"));
    Workforces.add(held, 2, workers, 2, Workforces.block("", Workforces.SCRIPT));
    var client = Files.createDirectory(folder.resolve("client"));
    // The data folder is known to whoever has the same state.
    var own =
        Map.of(
            "MUSTER_DATA", folder.resolve("data").toString(),
            "XDG_STATE_HOME", folder.resolve("state").toString());
    var round = rehearsed(folder, client, own);
    var target = Files.createDirectory(folder.resolve("target")).toString();
    var node = started(folder);
    try {
      var without = liveBytes(node, client);
      build.muster(client, own, "run", held.toString(), "--target", target, "--detach");
      TimeUnit.SECONDS.sleep(SETTLES_SECONDS);
      return round.with("bytesPerWorker", (liveBytes(node, client) - without) / workers);
    } finally {
      node.stop();
    }
  }

  private Node started(Path folder) throws IOException, InterruptedException {
    var node = Node.start(build, folder, Map.of());
    node.await(STARTS_WITHIN);
    TimeUnit.SECONDS.sleep(SETTLES_SECONDS);
    return node;
  }

  private Round rehearsed(Path folder, Path client, Map<String, String> own)
      throws IOException, InterruptedException {
    var node = started(folder);
    try {
      var before = Proc.ticks(node.process());
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      var cpu = 100 * (Proc.ticks(node.process()) - before) / TICKS_PER_SECOND / IDLE_SECONDS;
      var round = Round.of(name()).with("idleRssMib", rssMib(node)).with("idleCpuPercent", cpu);
      var workforce = folder.resolve("workforce").toString();
      build.muster(client, own, "run", workforce, "--rehearse", "--no-input");
      var peak = Proc.mib(node.process(), "VmHWM");
      TimeUnit.SECONDS.sleep(GIVEN_BACK_SECONDS);
      return round.with("rssMib", rssMib(node)).with("peakRssMib", peak);
    } finally {
      node.stop();
    }
  }

  private static double rssMib(Node node) throws IOException {
    return Proc.mib(node.process(), "VmRSS");
  }

  private static double liveBytes(Node node, Path folder) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var pid = Long.toString(node.process().pid());
    var said = Timed.run(folder, Map.of(), List.of(jcmd, pid, "GC.class_histogram")).said();
    var total = said.strip().lines().reduce("", (_, line) -> line).strip().split("\\s+", -1);
    return Double.parseDouble(total[2]);
  }
}
