package dev.muster.protocol.proof;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// For a node that is alone: its key lives in memory and ends with it, and it believes no other.
public final class LoneSeals implements Seals {
  private final String node;
  private @Nullable KeyPair made;

  public LoneSeals(String node) {
    this.node = node;
  }

  /// Not before somebody needs it: a start is not to wait for it.
  private synchronized KeyPair keys() {
    var keys = made;
    if (keys != null) return keys;
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no elliptic curves", e);
    }
    made = keys;
    return keys;
  }

  @Override
  public Seal seal(String purpose, Object content) {
    try {
      return Seal.ofOwn(node, keys(), purpose, content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable String refusal(String purpose, Object content, Seal seal, Office office) {
    var own = Base64.getEncoder().encodeToString(keys().getPublic().getEncoded());
    if (!seal.node().equals(node) || !seal.key().equals(own)) {
      return "expected the key of %s, which is alone, found %s of %s"
          .formatted(node, seal.fingerprint(), seal.node());
    }
    return seal.fits(purpose, content) ? null : "its signature is of something else";
  }
}
