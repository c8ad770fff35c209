package dev.muster.orchestrator.security.trust;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Believes whoever shows a certificate of one of the authorities (PKIX, RFC 5280), by a clock that
/// is handed in: that of a host may be wrong by years, and must not end a cluster.
final class Believed extends X509ExtendedTrustManager {
  private final Set<TrustAnchor> anchors;
  private final X509Certificate[] authorities;
  private final InstantSource clock;

  Believed(List<X509Certificate> authorities, InstantSource clock) {
    this.anchors =
        authorities.stream().map(it -> new TrustAnchor(it, null)).collect(Collectors.toSet());
    this.authorities = authorities.toArray(X509Certificate[]::new);
    this.clock = clock;
  }

  void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) throw new CertificateException("no certificate shown");
    try {
      var parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(clock.instant()));
      var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(
          "expected a certificate of this cluster, found "
              + chain[0].getSubjectX500Principal()
              + " of "
              + chain[0].getIssuerX500Principal()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.clone();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }
}
