package dev.muster.node.headroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/// Measures this host by OSHI, and by the cgroups around us where they give us less than the host.
final class HostSampler implements Sampler {
  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final OwnProcesses own;
  private final CgroupMemory cgroup = new CgroupMemory();
  private final Path dataFolder;
  private @Nullable Moment last;

  HostSampler(Path dataFolder) {
    var system = new SystemInfo();
    this.processor = system.getHardware().getProcessor();
    this.memory = system.getHardware().getMemory();
    this.own = new OwnProcesses(system.getOperatingSystem());
    this.dataFolder = dataFolder;
  }

  private static final class Moment {
    private final long[] ticks;
    private final double ownSeconds;
    private final long nanos = System.nanoTime();

    Moment(long[] ticks, double ownSeconds) {
      this.ticks = ticks;
      this.ownSeconds = ownSeconds;
    }
  }

  @Override
  public Use sample(double slotsOccupied) {
    var now = new Moment(processor.getSystemCpuLoadTicks(), own.cpuSeconds());
    var before = last;
    last = now;
    if (before == null) return new Use(false, 0, 0, memoryPercent(), diskPercent());
    var seconds = Math.max(0.001, (now.nanos - before.nanos) / 1e9);
    var cores = Math.max(1, processor.getLogicalProcessorCount());
    var busyCores = cores * processor.getSystemCpuLoadBetweenTicks(before.ticks, now.ticks);
    var ownCores = Math.clamp((now.ownSeconds - before.ownSeconds) / seconds, 0, cores);
    return new Use(
        true,
        Use.countedPercent(busyCores - ownCores, ownCores, slotsOccupied, cores),
        100 * ownCores / cores,
        memoryPercent(),
        diskPercent());
  }

  private double memoryPercent() {
    var total = memory.getTotal();
    if (total <= 0) return 0;
    var host = 100.0 * (total - memory.getAvailable()) / total;
    return Math.max(host, cgroup.usedPercent(total));
  }

  private double diskPercent() {
    try {
      FileStore store = Files.getFileStore(dataFolder);
      var total = store.getTotalSpace();
      return total <= 0 ? 0 : 100.0 * (total - store.getUsableSpace()) / total;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell how full the disk of " + dataFolder + " is", e);
    }
  }
}
