package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.net.URI;

/// An address behind which several providers may lie, such as a server with two accounts. Its
/// limits hold for all of them together, beside those of each.
///
/// @param url without a slash at its end
public record Endpoint(String name, String url, RateLimits limits) implements CborSerializable {
  /// Whether it is there, or below.
  public boolean holds(URI provider) {
    var at = provider.toString();
    return at.equals(url) || at.startsWith(url + "/");
  }
}
