package dev.muster.node.headroom;

import dev.muster.protocol.headroom.HeadroomLimits;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What the samples so far say: whether the node takes more work, and why not.
///
/// @param reasons in words with numbers; empty while the node is open
record HeadroomState(GateState cpu, GateState memory, GateState disk, List<String> reasons) {
  static final HeadroomState UNKNOWN =
      new HeadroomState(GateState.UNKNOWN, GateState.UNKNOWN, GateState.UNKNOWN, List.of());

  HeadroomState {
    reasons = List.copyOf(reasons);
  }

  boolean open() {
    return reasons.isEmpty();
  }

  /// The start of a JVM keeps the processors busy by itself, so the first sample of the CPU counts
  /// as one of three. Memory and disk decide at once.
  HeadroomState next(Use use, HeadroomLimits limits) {
    var cpuBefore = cpu.known() ? cpu : new GateState(true, true, 0);
    var cpuNow = use.cpuKnown() ? cpuBefore.next(use.cpuPercent(), limits.cpuPercent()) : cpu;
    var memoryNow = memory.next(use.memoryPercent(), limits.memoryPercent());
    var diskNow = disk.next(use.diskPercent(), limits.diskPercent());
    var reasons =
        Stream.of(
                cpuNow.reason("cpu", use.cpuPercent(), limits.cpuPercent()),
                memoryNow.reason("memory", use.memoryPercent(), limits.memoryPercent()),
                diskNow.reason("disk", use.diskPercent(), limits.diskPercent()))
            .filter(Objects::nonNull)
            .toList();
    return new HeadroomState(cpuNow, memoryNow, diskNow, reasons);
  }
}
