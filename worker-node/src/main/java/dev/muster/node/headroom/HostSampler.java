package dev.muster.node.headroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;

/// Measures this host by OSHI, and by the cgroups around us where they give us less than the host.
///
/// The first sample knows memory and disk only: OSHI takes 400 ms to get at the processors (it
/// loads native code), and the first worker need not wait for that. Making a sampler measures
/// nothing.
final class HostSampler implements Sampler {
  private final Path dataFolder;
  private final CgroupMemory cgroup = new CgroupMemory();
  private @Nullable SystemInfo host;
  private @Nullable CpuMeter cpu;

  HostSampler(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  @Override
  public Use sample(double slotsOccupied) {
    if (host == null) {
      host = new SystemInfo();
      return withoutCpu(host);
    }
    if (cpu == null) {
      var processes = new OwnProcesses(host::getOperatingSystem);
      cpu = new CpuMeter(host.getHardware().getProcessor(), processes);
      return withoutCpu(host);
    }
    var cores = cpu.sinceLastTime();
    return new Use(
        true,
        Use.countedPercent(cores, slotsOccupied),
        100 * cores.own() / cores.count(),
        memoryPercent(host),
        diskPercent());
  }

  /// From then on the next sample knows the processors, too.
  boolean watchesCpu() {
    return cpu != null;
  }

  private Use withoutCpu(SystemInfo host) {
    return new Use(false, 0, 0, memoryPercent(host), diskPercent());
  }

  private double memoryPercent(SystemInfo host) {
    var memory = host.getHardware().getMemory();
    var total = memory.getTotal();
    if (total <= 0) return 0;
    var percent = 100.0 * (total - memory.getAvailable()) / total;
    return Math.max(percent, cgroup.usedPercent(total));
  }

  private double diskPercent() {
    try {
      var store = Files.getFileStore(dataFolder);
      var total = store.getTotalSpace();
      return total <= 0 ? 0 : 100.0 * (total - store.getUsableSpace()) / total;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell how full the disk of " + dataFolder + " is", e);
    }
  }
}
