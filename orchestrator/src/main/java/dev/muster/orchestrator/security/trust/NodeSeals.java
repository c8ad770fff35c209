package dev.muster.orchestrator.security.trust;

import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.Seal;
import dev.muster.protocol.proof.Seals;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Seals with the keys that a node of several shows on its transport, and believes the seals of
/// nodes of the same authority: each for its own name, and for what its certificate says it may
/// vouch for.
public final class NodeSeals implements Seals, KeyUser {
  private static final int KEPT_MAX = 200;

  /// Judging a chain takes longer than checking a signature, and nodes are few.
  private static final Duration KEPT_FOR = Duration.ofMinutes(1);

  private final String node;
  private final Office office;
  private final InstantSource clock;
  private final Map<List<String>, Judged> judged =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Judged> eldest) {
          return size() > KEPT_MAX;
        }
      };
  private @Nullable Own own;

  private record Own(NodeKeys keys, List<String> chain, Believed believed) {}

  private record Judged(X509Certificate certificate, Instant until) {}

  /// Until it learns keys it seals nothing and believes nobody.
  ///
  /// @param office what this node means to vouch for
  /// @param clock by which certificates are judged
  public NodeSeals(String node, Office office, InstantSource clock) {
    this.node = node;
    this.office = office;
    this.clock = clock;
  }

  /// @throws GeneralSecurityException when others would not believe this node with these keys
  @Override
  public synchronized void learn(NodeKeys keys) throws GeneralSecurityException {
    if (own != null && own.keys().equals(keys)) return;
    var certificate = keys.chain().getFirst();
    if (!Offices.names(certificate, node)) {
      throw new CertificateException(
          "expected a certificate that names this node, %s, by its common name or a DNS name, found one of %s"
              .formatted(node, certificate.getSubjectX500Principal()));
    }
    if (office == Office.ORCHESTRATOR && Offices.of(certificate) != Office.ORCHESTRATOR) {
      throw new CertificateException(
          "expected a certificate of an orchestrator (with the URI %s), found one of a worker or from before there was a difference: make a new one, such as by `muster certs renew`"
              .formatted(Offices.uri(Office.ORCHESTRATOR)));
    }
    var chain = new ArrayList<String>();
    for (var it : keys.chain()) chain.add(Base64.getEncoder().encodeToString(it.getEncoded()));
    own = new Own(keys, List.copyOf(chain), new Believed(keys.authorities(), clock));
    judged.clear();
  }

  private synchronized @Nullable Own own() {
    return own;
  }

  @Override
  public Seal seal(String purpose, Object content) {
    var it = own();
    if (it == null) throw new IllegalStateException("this node has no keys yet");
    try {
      var key = it.keys().chain().getFirst().getPublicKey();
      return Seal.of(node, key, it.keys().key(), it.chain(), purpose, content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this node cannot sign with its key", e);
    }
  }

  @Override
  public @Nullable String refusal(String purpose, Object content, Seal seal, Office needed) {
    try {
      var certificate = certificate(seal.certificates());
      var key = Base64.getEncoder().encodeToString(certificate.getPublicKey().getEncoded());
      if (!seal.key().equals(key)) return "its key is not the one of its certificate";
      if (!Offices.names(certificate, seal.node())) {
        return "its certificate is of %s, not of %s"
            .formatted(certificate.getSubjectX500Principal(), seal.node());
      }
      if (needed == Office.ORCHESTRATOR && Offices.of(certificate) != Office.ORCHESTRATOR) {
        return "only an orchestrator may say this, and the certificate of %s is not one's"
            .formatted(seal.node());
      }
      return seal.fits(purpose, content) ? null : "its signature is of something else";
    } catch (CertificateException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// The one of the signer, of an authority that is believed.
  private synchronized X509Certificate certificate(List<String> encoded)
      throws CertificateException {
    if (own == null) throw new CertificateException("this node has no keys yet");
    var now = clock.instant();
    var before = judged.get(encoded);
    if (before != null && before.until().isAfter(now)) return before.certificate();
    var factory = CertificateFactory.getInstance("X.509");
    var chain = new ArrayList<X509Certificate>();
    for (var it : encoded) {
      var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(it));
      chain.add((X509Certificate) factory.generateCertificate(bytes));
    }
    own.believed().check(chain.toArray(X509Certificate[]::new));
    judged.put(encoded, new Judged(chain.getFirst(), now.plus(KEPT_FOR)));
    return chain.getFirst();
  }
}
