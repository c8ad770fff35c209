package dev.muster.cli.session;

import dev.muster.client.Probe;
import dev.muster.host.NodeFile;
import dev.muster.host.WebPin;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the orchestrators of the cluster that a data folder belongs to.
final class ClusterNodes {
  private ClusterNodes() {}

  /// Those whose processes live, the first of the cluster first.
  static List<NodeFile> living(Path data) {
    var found = new ArrayList<>(NodeFile.living(data));
    var cluster = ClusterFile.read(data);
    if (cluster == null) return found;
    for (var orchestrator : cluster.orchestrators()) {
      var own = orchestrator.data(data);
      if (!own.equals(data)) found.addAll(NodeFile.living(own));
    }
    return found;
  }

  /// One that can take requests now; null when none can.
  static @Nullable URI ready(Settings settings) {
    try (var probe = new Probe(WebPin.believed(settings, true))) {
      return living(settings.data()).stream()
          .map(NodeFile::uri)
          .filter(probe::ready)
          .findFirst()
          .orElse(null);
    }
  }

  /// The folder's journal is in PostgreSQL, so no node of its own must be started here.
  static Refusal down(Path data) {
    return new Refusal(
        Exit.UNREACHABLE,
        "the data folder "
            + data
            + " belongs to a cluster, and none of its orchestrators is running",
        "bring it back with: `muster cluster restart orchestrator-1`, or all of it with: `muster"
            + " cluster up`");
  }
}
