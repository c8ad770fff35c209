package dev.muster.orchestrator.security.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// TLS of the API: the server shows certificates of its own files.
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
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, new SecureRandom());
    return context;
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
}
