package dev.muster.orchestrator.security.trust;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a node shows to others, and whom it believes.
///
/// @param key of the first certificate of the chain
/// @param chain the node's own certificate first
/// @param authorities that others' certificates may come from; never empty
public record NodeKeys(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {
  public NodeKeys {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
    if (chain.isEmpty() || authorities.isEmpty()) {
      throw new IllegalArgumentException("expected a certificate and an authority, found none");
    }
  }

  /// Never shows the key.
  @Override
  public String toString() {
    return "NodeKeys[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
