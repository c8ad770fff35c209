package dev.muster.orchestrator.api.metrics;

import java.lang.management.ManagementFactory;

/// What the JVM says of itself.
final class ThisProcess {
  private ThisProcess() {}

  static void expose(Exposition to, String version) {
    to.gauge("muster_build_info", "1, with the version of this node.")
        .sample(1, "version", version, "java", System.getProperty("java.version", "unknown"));
    var life = ManagementFactory.getRuntimeMXBean();
    to.gauge("process_start_time_seconds", "When this process began, since 1970 in seconds.")
        .sample(life.getStartTime() / 1000.0);
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean host) {
      to.counter("process_cpu_seconds_total", "Processor time of this process.")
          .sample(host.getProcessCpuTime() / 1e9);
    }
    var memory = ManagementFactory.getMemoryMXBean();
    to.gauge("jvm_memory_used_bytes", "Memory that the JVM uses.")
        .sample(memory.getHeapMemoryUsage().getUsed(), "area", "heap")
        .sample(memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
    var max = memory.getHeapMemoryUsage().getMax();
    to.gauge("jvm_memory_max_bytes", "Memory that the JVM may use.")
        .sample(max < 0 ? null : max, "area", "heap");
    to.gauge("jvm_threads_current", "Platform threads that live.")
        .sample(ManagementFactory.getThreadMXBean().getThreadCount());
    var collectors = ManagementFactory.getGarbageCollectorMXBeans();
    to.counter("jvm_gc_collections_total", "Garbage collections.");
    collectors.forEach(it -> to.sample(it.getCollectionCount(), "gc", it.getName()));
    to.counter("jvm_gc_collection_seconds_total", "Time of garbage collections.");
    collectors.forEach(it -> to.sample(it.getCollectionTime() / 1000.0, "gc", it.getName()));
  }
}
