package dev.muster.node.headroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Measures this host, and the cgroups around us where they give us less than the host.
///
/// The first sample knows memory and disk only: what processors do takes two looks. Making a
/// sampler measures nothing.
final class HostSampler implements Sampler {
  private final Path dataFolder;
  private final CgroupMemory cgroup = new CgroupMemory();
  private final OtherHost other = new OtherHost();
  private @Nullable CpuMeter cpu;

  HostSampler(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  @Override
  public Use sample(double slotsOccupied) {
    if (cpu == null) {
      var use = new Use(false, 0, 0, memoryPercent(), diskPercent());
      cpu = new CpuMeter(this::ticks, new OwnProcesses(other::system));
      return use;
    }
    var cores = cpu.sinceLastTime();
    return new Use(
        true,
        Use.countedPercent(cores, slotsOccupied),
        100 * cores.own() / cores.count(),
        memoryPercent(),
        diskPercent());
  }

  /// From then on the next sample knows the processors, too.
  boolean watchesCpu() {
    return cpu != null;
  }

  private LinuxHost.Ticks ticks() {
    var ticks = LinuxHost.HERE.ticks();
    return ticks == null ? other.ticks() : ticks;
  }

  private double memoryPercent() {
    var found = LinuxHost.HERE.memory();
    var memory = found == null ? other.memory() : found;
    var total = memory.totalBytes();
    if (total <= 0) return 0;
    var percent = 100.0 * (total - memory.availableBytes()) / total;
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
