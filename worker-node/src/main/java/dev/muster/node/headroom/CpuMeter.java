package dev.muster.node.headroom;

import oshi.hardware.CentralProcessor;

/// How many cores were busy between one look and the next, and how many of them with our processes.
final class CpuMeter {
  private final CentralProcessor processor;
  private final OwnProcesses own;
  private final int count;
  private long[] ticks;
  private double ownSeconds;
  private long nanos;

  CpuMeter(CentralProcessor processor, OwnProcesses own) {
    this.processor = processor;
    this.own = own;
    this.count = Math.max(1, processor.getLogicalProcessorCount());
    this.ticks = processor.getSystemCpuLoadTicks();
    this.ownSeconds = own.cpuSeconds();
    this.nanos = System.nanoTime();
  }

  record Cores(int count, double busy, double own) {}

  Cores sinceLastTime() {
    var ticksNow = processor.getSystemCpuLoadTicks();
    var ownNow = own.cpuSeconds();
    var nanosNow = System.nanoTime();
    var busy = count * processor.getSystemCpuLoadBetweenTicks(ticks, ticksNow);
    var seconds = Math.max(0.001, (nanosNow - nanos) / 1e9);
    // Children that died unwaited take their time with them, so the sum may shrink.
    var ours = Math.clamp((ownNow - ownSeconds) / seconds, 0, count);
    ticks = ticksNow;
    ownSeconds = ownNow;
    nanos = nanosNow;
    return new Cores(count, busy, ours);
  }
}
