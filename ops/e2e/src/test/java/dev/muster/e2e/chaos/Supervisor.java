package dev.muster.e2e.chaos;

import dev.muster.e2e.rig.NodeProcess;
import dev.muster.e2e.rig.Rig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Starts a node again that ended by itself, as systemd or Kubernetes would.
final class Supervisor implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Rig rig;
  private final Consumer<String> said;
  private final Map<String, Boolean> keptDown = new ConcurrentHashMap<>();
  private final Thread thread;

  Supervisor(Rig rig, Consumer<String> said) {
    this.rig = rig;
    this.said = said;
    this.thread = Thread.ofVirtual().name("supervisor").start(this::watch);
  }

  /// A fault has ended it and starts it again itself.
  void keepDown(String node) {
    keptDown.put(node, true);
  }

  void release(String node) {
    keptDown.remove(node);
  }

  private void watch() {
    try {
      while (true) {
        for (var node : rig.nodes()) {
          if (!node.alive() && !keptDown.containsKey(node.name())) again(node);
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void again(NodeProcess node) {
    said.accept(node.name() + " ended by itself and is started again");
    node.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
