package dev.muster.orchestrator.security.trust;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;

/// The nodes' own transport: TLS 1.3, and both ends show a certificate of the cluster's authority.
///
/// Before it has learned keys, and for ever on a node that is alone, nobody gets through: it shows
/// no certificate and believes none. New keys count for new connections.
public final class MutualTls implements SSLEngineProvider, KeyUser {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final InstantSource clock;
  private volatile SSLContext context;
  private @Nullable NodeKeys known;

  /// @param clock by which certificates are judged
  public MutualTls(InstantSource clock) {
    this.clock = clock;
    try {
      this.context = context(new KeyManager[0], List.of());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /// Uses these keys from the next connection on.
  @Override
  public synchronized void learn(NodeKeys keys) throws GeneralSecurityException {
    if (keys.equals(known)) return;
    var store = KeyStore.getInstance("PKCS12");
    var password = new char[0];
    try {
      store.load(null, null);
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException(e);
    }
    store.setKeyEntry("node", keys.key(), password, keys.chain().toArray(X509Certificate[]::new));
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, password);
    context = context(managers.getKeyManagers(), keys.authorities());
    known = keys;
  }

  private SSLContext context(KeyManager[] keys, List<X509Certificate> authorities)
      throws GeneralSecurityException {
    var made = SSLContext.getInstance("TLS");
    TrustManager[] trust = {
      authorities.isEmpty() ? new BelievesNobody() : new Believed(authorities, clock)
    };
    made.init(keys, trust, null);
    return made;
  }

  @Override
  public SSLEngine createServerSSLEngine(String host, int port) {
    var engine = engine(host, port);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  @Override
  public SSLEngine createClientSSLEngine(String host, int port) {
    var engine = engine(host, port);
    engine.setUseClientMode(true);
    return engine;
  }

  private SSLEngine engine(String host, int port) {
    var engine = context.createSSLEngine(host, port);
    engine.setEnabledProtocols(PROTOCOLS);
    return engine;
  }

  /// Whom we call must be who we called. Who calls us may have any address: nodes move.
  @Override
  public Option<Throwable> verifyClientSession(String host, SSLSession session) {
    try {
      if (session.getPeerCertificates()[0] instanceof X509Certificate peer
          && Hosts.names(peer, host)) {
        return Option.empty();
      }
      return Option.apply(
          new CertificateException(
              "expected a node whose certificate names %s, found one that names another"
                  .formatted(host)));
    } catch (SSLException | CertificateException e) {
      return Option.apply(e);
    }
  }

  @Override
  public Option<Throwable> verifyServerSession(String host, SSLSession session) {
    return Option.empty();
  }
}
