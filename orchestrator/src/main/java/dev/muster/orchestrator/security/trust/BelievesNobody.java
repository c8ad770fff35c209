package dev.muster.orchestrator.security.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/// For a node that has no others: whoever calls is a stranger.
final class BelievesNobody implements X509TrustManager {
  private static CertificateException stranger() {
    return new CertificateException("this node speaks to no other");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw stranger();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw stranger();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
