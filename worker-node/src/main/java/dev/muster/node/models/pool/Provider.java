package dev.muster.node.models.pool;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.ProviderKind;
import java.net.URI;
import java.util.Map;

/// A service that was set up.
///
/// @param stream whether it can answer in pieces
/// @param prices by model; what is not there has no known price
public record Provider(
    String name,
    ProviderKind kind,
    URI url,
    KeySource key,
    boolean stream,
    RateLimits limits,
    Map<String, Price> prices) {
  public Provider {
    prices = Map.copyOf(prices);
  }

  Provider with(KeySource other) {
    return new Provider(name, kind, url, other, stream, limits, prices);
  }
}
