package dev.muster.protocol.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// The signature of a node over something that it says.
///
/// @param node that says it
/// @param key its public key, as Base64 (SubjectPublicKeyInfo, RFC 5280)
/// @param certificates by which others know that key, its own first, as Base64 (DER); none where
///   the node is alone
/// @param signature as Base64
public record Seal(String node, String key, List<String> certificates, String signature) {
  private static final int CERTIFICATES_MAX = 5;
  private static final int CHARS_MAX = 16_384;
  private static final List<String> KEY_KINDS = List.of("EC", "RSA", "Ed25519");
  private static final FittingSeals FITTING = new FittingSeals();

  public Seal {
    certificates = List.copyOf(certificates);
    var chars = node.length() + key.length() + signature.length();
    for (var it : certificates) chars += it.length();
    if (certificates.size() > CERTIFICATES_MAX || chars > CHARS_MAX) {
      throw new IllegalArgumentException("expected a seal of at most 16 KiB, found " + chars);
    }
  }

  /// @param certificates as Base64, the one of the key first
  public static Seal of(
      String node,
      PublicKey key,
      PrivateKey secret,
      List<String> certificates,
      String purpose,
      Object content)
      throws GeneralSecurityException {
    return of(node, key, secret, certificates, Canonical.of(purpose, node, content));
  }

  /// As above, with keys that were made together in this JVM: what the one signs fits the other, so
  /// that this JVM need not check it again. Of keys that were read from files only a check tells.
  static Seal ofOwn(String node, KeyPair keys, String purpose, Object content)
      throws GeneralSecurityException {
    var said = Canonical.of(purpose, node, content);
    var seal = of(node, keys.getPublic(), keys.getPrivate(), List.of(), said);
    FITTING.keep(FittingSeals.name(seal, said));
    return seal;
  }

  private static Seal of(
      String node, PublicKey key, PrivateKey secret, List<String> certificates, byte[] said)
      throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm(key));
    signature.initSign(secret);
    signature.update(said);
    var text = Base64.getEncoder();
    return new Seal(
        node,
        text.encodeToString(key.getEncoded()),
        certificates,
        text.encodeToString(signature.sign()));
  }

  /// Whether this was signed with the key that the seal carries. It says nothing about whose that
  /// key is.
  public boolean fits(String purpose, Object content) {
    try {
      var said = Canonical.of(purpose, node, content);
      var name = FittingSeals.name(this, said);
      if (FITTING.has(name)) return true;
      var signer = publicKey();
      var check = Signature.getInstance(algorithm(signer));
      check.initVerify(signer);
      check.update(said);
      var fits = check.verify(Base64.getDecoder().decode(signature));
      if (fits) FITTING.keep(name);
      return fits;
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }

  /// Names the key, also one that is none: SHA-256, hexadecimal.
  public String fingerprint() {
    return Sha256.of(keyBytes());
  }

  private byte[] keyBytes() {
    try {
      return Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException _) {
      return key.getBytes(StandardCharsets.UTF_8);
    }
  }

  private PublicKey publicKey() throws GeneralSecurityException {
    var encoded = new X509EncodedKeySpec(keyBytes());
    for (var kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(encoded);
      } catch (InvalidKeySpecException _) {
        // Of another kind.
      }
    }
    throw new InvalidKeySpecException("expected a key of " + KEY_KINDS);
  }

  private static String algorithm(PublicKey key) throws GeneralSecurityException {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case "EdDSA", "Ed25519" -> "Ed25519";
      default -> throw new GeneralSecurityException("no signatures with " + key.getAlgorithm());
    };
  }
}
