package dev.muster.orchestrator.security.trust;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS of the API: the server shows certificates of its own files, and callers know whom to
/// believe.
public final class WebTls {
  private static final char[] NO_PASSWORD = {};

  private WebTls() {}

  /// For a server.
  ///
  /// @param certificate PEM, its own first, then those between it and an authority
  /// @param key PEM, PKCS#8
  /// @throws GeneralSecurityException in words that name the file
  public static SSLContext serving(Path certificate, Path key) throws GeneralSecurityException {
    var keys = new KeyFiles(certificate, key, certificate).current();
    var store = empty();
    store.setKeyEntry(
        "muster", keys.key(), NO_PASSWORD, keys.chain().toArray(X509Certificate[]::new));
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    return context(managers.getKeyManagers(), null);
  }

  /// For a caller who believes what these authorities have signed, for the host that was called.
  public static SSLContext believing(Path authorities) throws GeneralSecurityException {
    var store = empty();
    var number = 0;
    for (var authority : read(authorities)) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return context(null, managers.getTrustManagers());
  }

  /// For a caller who knows the very certificate, whatever name it is for.
  public static SSLContext pinned(Path certificate) throws GeneralSecurityException {
    return context(null, new TrustManager[] {new Pinned(read(certificate).getFirst())});
  }

  private static List<X509Certificate> read(Path file) throws GeneralSecurityException {
    try {
      return Pem.certificates(Files.readString(file, StandardCharsets.ISO_8859_1));
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

  private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
      throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(keys, trust, new SecureRandom());
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
