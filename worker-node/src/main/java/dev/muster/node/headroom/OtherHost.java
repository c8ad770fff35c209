package dev.muster.node.headroom;

import dev.muster.node.headroom.LinuxHost.Memory;
import dev.muster.node.headroom.LinuxHost.Ticks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor.TickType;
import oshi.software.os.OperatingSystem;

/// A host that is no Linux, as OSHI knows it; asked only there.
final class OtherHost {
  private @Nullable SystemInfo info;

  private SystemInfo info() {
    var known = info;
    if (known == null) {
      known = new SystemInfo();
      info = known;
    }
    return known;
  }

  OperatingSystem system() {
    return info().getOperatingSystem();
  }

  Ticks ticks() {
    var processor = info().getHardware().getProcessor();
    var ticks = processor.getSystemCpuLoadTicks();
    var all = Arrays.stream(ticks).sum();
    var idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
    return new Ticks(processor.getLogicalProcessorCount(), all - idle, all);
  }

  Memory memory() {
    var memory = info().getHardware().getMemory();
    return new Memory(memory.getTotal(), memory.getAvailable());
  }
}
