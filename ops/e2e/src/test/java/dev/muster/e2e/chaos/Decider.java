package dev.muster.e2e.chaos;

import dev.muster.e2e.rig.Operator;
import java.util.ArrayList;
import java.util.List;

/// An operator who answers everything that waits, whatever happens meanwhile: every third is
/// rejected.
final class Decider implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 1_000;
  private static final int REJECTED = 3;

  private final Operator operator;
  private final long seed;
  private final Thread thread;
  private final List<String> problems = new ArrayList<>();

  Decider(Operator operator, long seed) {
    this.operator = operator;
    this.seed = seed;
    this.thread = Thread.ofVirtual().name("decider").start(this::decide);
  }

  private void decide() {
    try {
      while (true) {
        var waiting = operator.glance("/approvals?filter=state%3Apending&limit=200");
        if (waiting != null && waiting.good()) {
          for (var item : waiting.body().path("items")) {
            decide(item.path("id").asText(), item.path("worker").asText());
          }
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      synchronized (problems) {
        problems.add(e.toString());
      }
    }
  }

  private void decide(String approval, String worker) {
    if (Math.floorMod(worker.hashCode() + seed, (long) REJECTED) == 0) operator.reject(approval);
    else operator.approve(approval);
  }

  List<String> problems() {
    synchronized (problems) {
      return List.copyOf(problems);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
