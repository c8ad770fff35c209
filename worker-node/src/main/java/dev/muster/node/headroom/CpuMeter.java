package dev.muster.node.headroom;

import dev.muster.node.headroom.LinuxHost.Ticks;
import java.util.function.Supplier;

/// How many cores were busy between one look and the next, and how many of them with this JVM and
/// with what it started.
final class CpuMeter {
  private final Supplier<Ticks> host;
  private final OwnProcesses own;
  private Ticks ticks;
  private OwnProcesses.Seconds ownBefore;
  private long nanos;

  CpuMeter(Supplier<Ticks> host, OwnProcesses own) {
    this.host = host;
    this.own = own;
    this.ticks = host.get();
    this.ownBefore = own.cpu();
    this.nanos = System.nanoTime();
  }

  /// @param jvm kept busy by this JVM itself
  /// @param children by what it started
  record Cores(int count, double busy, double jvm, double children) {
    double own() {
      return Math.min(count, jvm + children);
    }
  }

  Cores sinceLastTime() {
    var ticksNow = host.get();
    var ownNow = own.cpu();
    var nanosNow = System.nanoTime();
    var count = Math.max(1, ticksNow.processors());
    var busy = count * ticksNow.busySince(ticks);
    var seconds = Math.max(0.001, (nanosNow - nanos) / 1e9);
    var jvm = Math.clamp((ownNow.jvm() - ownBefore.jvm()) / seconds, 0, count);
    // Children that died unwaited take their time with them, so the sum may shrink.
    var children = Math.clamp((ownNow.below() - ownBefore.below()) / seconds, 0, count);
    ticks = ticksNow;
    ownBefore = ownNow;
    nanos = nanosNow;
    return new Cores(count, busy, jvm, children);
  }
}
