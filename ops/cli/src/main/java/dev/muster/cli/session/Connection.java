package dev.muster.cli.session;

import dev.muster.cli.client.Api;
import dev.muster.cli.client.NodeClient;
import dev.muster.host.HostedNode;
import org.jspecify.annotations.Nullable;

/// A connection to a node, with the node itself when it lives in this process.
record Connection(Api api, @Nullable HostedNode hosted) implements AutoCloseable {
  Connection(NodeClient client, @Nullable HostedNode hosted) {
    this(new Api(client), hosted);
  }

  @Override
  public void close() {
    api.client().close();
    if (hosted != null) {
      hosted.close();
    }
  }
}
