package dev.muster.e2e.chaos;

import dev.muster.e2e.rig.NodeProcess;
import dev.muster.e2e.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Carries a script out: brings every fault about at its time and repairs it after its time.
final class Striker implements AutoCloseable {
  private final Rig rig;
  private final ChaosScript script;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> faults = new ArrayList<>();
  private final List<String> struck = new ArrayList<>();
  private final Supervisor supervisor;
  private final long began = System.nanoTime();

  Striker(Rig rig, ChaosScript script) {
    this.rig = rig;
    this.script = script;
    this.supervisor = new Supervisor(rig, this::say);
  }

  void begin() {
    for (var step : script.steps()) {
      faults.add(
          threads.submit(() -> {
            Thread.sleep(Math.max(0, step.atMillis() - elapsedMillis()));
            strike(step.fault());
            return true;
          }));
    }
  }

  private long elapsedMillis() {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private void strike(Fault fault) throws InterruptedException {
    say(fault.toString());
    bringAbout(fault);
    try {
      Thread.sleep(fault.millis());
    } finally {
      repair(fault);
    }
    say("repaired: " + fault);
  }

  private void bringAbout(Fault fault) {
    switch (fault) {
      case Fault.Kill(var node, _) -> kill(rig.node(node));
      case Fault.KillAll _ -> rig.nodes().parallelStream().forEach(this::kill);
      case Fault.Freeze(var node, _) -> rig.node(node).freeze();
      case Fault.StopDatabase(var how, _) -> rig.postgres().stop(how);
      case Fault.Cut(var one, var other, _) -> rig.network().cut(one, other);
      case Fault.Isolate(var node, _) -> others(node).forEach(it -> rig.network().cut(node, it));
      case Fault.Rebuild(var reader, _) -> rig.operator().rebuild(reader);
    }
  }

  private void repair(Fault fault) {
    switch (fault) {
      case Fault.Kill(var node, _) -> start(rig.node(node));
      case Fault.KillAll _ -> rig.nodes().forEach(this::start);
      case Fault.Freeze(var node, _) -> rig.node(node).thaw();
      case Fault.StopDatabase _ -> rig.postgres().start();
      case Fault.Cut(var one, var other, _) -> rig.network().heal(one, other);
      case Fault.Isolate(var node, _) -> others(node).forEach(it -> rig.network().heal(node, it));
      case Fault.Rebuild _ -> {} // the reader does that by itself
    }
  }

  private void kill(NodeProcess node) {
    supervisor.keepDown(node.name());
    node.kill();
  }

  private void start(NodeProcess node) {
    node.start();
    supervisor.release(node.name());
  }

  private List<String> others(String node) {
    var others = new ArrayList<>(rig.nodes().stream().map(NodeProcess::name).toList());
    others.remove(node);
    others.add(Rig.DATABASE);
    return others;
  }

  private synchronized void say(String what) {
    var line = "%6.1f s  %s".formatted(elapsedMillis() / 1_000.0, what);
    struck.add(line);
    System.out.println("[seed " + script.seed() + "] " + line);
  }

  /// What was done so far, in words.
  synchronized List<String> log() {
    return List.copyOf(struck);
  }

  /// Waits until all is repaired.
  void finish() throws Exception {
    for (var fault : faults) fault.get();
  }

  @Override
  public void close() {
    supervisor.close();
    threads.shutdownNow();
  }
}
