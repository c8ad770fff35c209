package dev.muster.cli.cluster;

import dev.muster.cli.client.Probe;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.host.WebPin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Asks nodes of one cluster whether they are ready; those that show a certificate, over TLS.
final class NodeProbe implements AutoCloseable {
  private final Path cluster;
  private final Probe plain = new Probe();
  private final Map<Member, Probe> overTls = new HashMap<>();

  NodeProbe(Path cluster) {
    this.cluster = cluster;
  }

  boolean ready(Member node) {
    var data = node.data(cluster);
    var probe =
        WebPin.isShown(data)
            ? overTls.computeIfAbsent(node, _ -> new Probe(WebPin.shownIn(data)))
            : plain;
    return probe.ready(node.url(cluster));
  }

  @Override
  public void close() {
    plain.close();
    overTls.values().forEach(Probe::close);
  }
}
