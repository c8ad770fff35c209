package dev.muster.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whom a caller believes over https.
public final class Trust {
  private static final char[] NO_PASSWORD = {};

  private Trust() {}

  /// What these authorities have signed, for the host that was called.
  ///
  /// @param authorities PEM
  /// @throws GeneralSecurityException in words that name the file
  public static SSLContext believing(Path authorities) throws GeneralSecurityException {
    var store = empty();
    var number = 0;
    for (var authority : read(authorities)) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return context(managers.getTrustManagers());
  }

  /// The very certificate, whatever name it is for.
  ///
  /// @param certificate PEM
  /// @throws GeneralSecurityException in words that name the file
  public static SSLContext pinned(Path certificate) throws GeneralSecurityException {
    return context(new TrustManager[] {new Pinned(read(certificate).getFirst())});
  }

  private static List<X509Certificate> read(Path file) throws GeneralSecurityException {
    try {
      var bytes = new ByteArrayInputStream(Files.readAllBytes(file));
      var found =
          CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
              .filter(X509Certificate.class::isInstance)
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) throw new CertificateException("it holds no certificate");
      return found;
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot read " + file + ": " + e, e);
    } catch (CertificateException e) {
      throw new GeneralSecurityException(file + ": " + e.getMessage(), e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static SSLContext context(TrustManager[] trust) throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust, new SecureRandom());
    return context;
  }

  /// Believes one certificate and no other.
  private static final class Pinned extends X509ExtendedTrustManager {
    private final X509Certificate certificate;

    Pinned(X509Certificate certificate) {
      this.certificate = certificate;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      if (chain.length > 0 && chain[0].equals(certificate)) return;
      throw new CertificateException("expected the certificate of this data folder, found another");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("callers show no certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
