package dev.muster.orchestrator.security.trust;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Certificates and keys as text (RFC 7468).
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private Pem() {}

  public static String of(X509Certificate certificate) throws CertificateEncodingException {
    return block(CERTIFICATE, certificate.getEncoded());
  }

  /// In PKCS#8, not encrypted.
  public static String of(PrivateKey key) {
    return block(PRIVATE_KEY, key.getEncoded());
  }

  private static String block(String what, byte[] content) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }

  /// @throws CertificateException when there is none
  public static List<X509Certificate> certificates(String text) throws CertificateException {
    var found = new ArrayList<X509Certificate>();
    var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    for (var it : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
      if (it instanceof X509Certificate certificate) found.add(certificate);
    }
    if (found.isEmpty()) throw new CertificateException("it holds no certificate");
    return found;
  }

  /// @param like what the key belongs to, which says of what kind it is
  public static PrivateKey privateKey(String text, Key like) throws GeneralSecurityException {
    var found = KEY.matcher(text);
    if (!found.find()) {
      throw new InvalidKeyException(
          "expected `-----BEGIN PRIVATE KEY-----` (PKCS#8, not encrypted), found none");
    }
    var content = Base64.getMimeDecoder().decode(found.group(1));
    return KeyFactory.getInstance(like.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(content));
  }
}
