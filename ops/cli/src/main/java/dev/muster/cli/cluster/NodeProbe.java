package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.client.Probe;
import dev.muster.host.WebPin;
import java.nio.file.Path;

/// Asks nodes of one cluster whether they are ready; those that show a certificate, over TLS. That
/// is looked at each time: a node that starts may bring another than it had.
record NodeProbe(Path cluster) {
  boolean ready(Member node) {
    try (var probe = new Probe(WebPin.shownIn(node.data(cluster)))) {
      return probe.ready(node.url(cluster));
    }
  }
}
