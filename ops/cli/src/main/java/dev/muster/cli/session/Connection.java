package dev.muster.cli.session;

import dev.muster.client.Api;
import dev.muster.host.HostedNode;
import org.jspecify.annotations.Nullable;

/// A connection to a node, with the node itself when it lives in this process.
record Connection(Api api, @Nullable HostedNode hosted) implements AutoCloseable {
  @Override
  public void close() {
    api.close();
    if (hosted != null) {
      hosted.close();
    }
  }
}
