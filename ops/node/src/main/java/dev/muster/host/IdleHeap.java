package dev.muster.host;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives memory back that a large run once needed. The serial collector lets the old part of its
/// heap grow to the limit before it looks for garbage there, and a node that then does nothing
/// would keep all of it. Half a minute after the last work it is collected once, which stops the
/// node for some 0.1 to 0.3 s, and again only when the heap has grown to twice what was kept. How
/// much the JVM then returns is said by the launcher's `-XX:MaxHeapFreeRatio`. What is only kept to
/// be quicker goes before that, and after it what stands in files anyway (`MappedPages`).
final class IdleHeap implements AutoCloseable {
  private static final long EVERY_SECONDS = 10;
  private static final int QUIET_LOOKS = 3;

  /// An idle node's signs of life fill the young part of a small heap about once a minute.
  private static final long QUIET_COLLECTIONS_MAX = 1;

  private static final long WORTH_BYTES = 128L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(IdleHeap.class);

  private final Runnable forget;
  private final ScheduledExecutorService one =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idle-heap").factory());
  private long seen;
  private long kept = WORTH_BYTES / 2;
  private int quiet;

  IdleHeap(Runnable forget) {
    this.forget = forget;
  }

  /// @param forget lets go of what can be had again
  static IdleHeap watch(Runnable forget) {
    var heap = new IdleHeap(forget);
    var _ =
        heap.one.scheduleWithFixedDelay(heap::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return heap;
  }

  private void look() {
    if (!isDue(committed(), collections())) return;
    try {
      forget.run();
    } catch (RuntimeException e) {
      LOG.warn("an idle node could not let go of what it keeps in memory: {}", e.toString());
    }
    System.gc();
    collected(committed(), collections());
    MappedPages.giveBack();
  }

  /// @param committed what the heap takes from the system, in bytes
  /// @param collections how many there were since the start
  boolean isDue(long committed, long collections) {
    quiet = collections - seen <= QUIET_COLLECTIONS_MAX ? quiet + 1 : 0;
    seen = collections;
    return quiet >= QUIET_LOOKS && committed >= 2 * kept;
  }

  void collected(long committed, long collections) {
    seen = collections;
    quiet = 0;
    kept = Math.max(committed, WORTH_BYTES / 2);
  }

  private static long committed() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  @Override
  public void close() {
    one.shutdownNow();
  }
}
