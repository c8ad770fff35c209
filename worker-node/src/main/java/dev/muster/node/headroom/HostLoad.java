package dev.muster.node.headroom;

import java.nio.file.Path;
import java.time.Duration;

/// What a node on this host would measure now.
///
/// @param cores logical processors
/// @param cpuPercent what counts against the limit: the use of others
/// @param memoryPercent in use
/// @param diskPercent in use, of the disk under the data folder
public record HostLoad(int cores, double cpuPercent, double memoryPercent, double diskPercent) {
  /// Watches the processors for this long.
  ///
  /// @param folder exists; its disk counts
  /// @throws java.io.UncheckedIOException when the disk cannot be looked at
  public static HostLoad over(Duration time, Path folder) throws InterruptedException {
    var sampler = new HostSampler(folder);
    while (!sampler.watchesCpu()) sampler.sample(0);
    Thread.sleep(time);
    var use = sampler.sample(0);
    var cores = Runtime.getRuntime().availableProcessors();
    return new HostLoad(cores, use.cpuPercent(), use.memoryPercent(), use.diskPercent());
  }
}
