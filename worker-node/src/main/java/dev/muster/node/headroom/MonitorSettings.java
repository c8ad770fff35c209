package dev.muster.node.headroom;

import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.instruction.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a monitor watches, and in whose name it reports.
///
/// @param node what operators call it
/// @param incarnation differs after every start of the JVM
/// @param labels what the node offers workers
/// @param sandbox which one confines scripts here; null where none run
/// @param dataFolder whose disk counts
/// @param sampleEvery also how often the node reports
/// @param logEvery between two lines of `resources.log`
public record MonitorSettings(
    String node,
    String address,
    String incarnation,
    List<String> roles,
    List<String> labels,
    @Nullable String sandbox,
    HeadroomLimits limits,
    Path dataFolder,
    Duration sampleEvery,
    Duration logEvery) {
  public static final Duration SAMPLE_EVERY = Duration.ofSeconds(1);
  public static final Duration LOG_EVERY = Duration.ofSeconds(5);

  public MonitorSettings {
    roles = List.copyOf(roles);
    labels = Labels.sorted(labels);
    positive("sampleEvery", sampleEvery);
    positive("logEvery", logEvery);
  }

  private static void positive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " is " + duration + ", expected above zero");
    }
  }
}
