package dev.muster.orchestrator.security.secret;

import dev.muster.protocol.proof.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM (NIST SP 800-38D) with a nonce of its own for each value, and bound to the name, so
/// that nobody can put one value in another's place.
final class Sealing {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_CHARS = 16;

  private final byte[] key;

  Sealing(byte[] key) {
    this.key = key.clone();
  }

  /// Tells keys apart without telling them.
  String id() {
    return Sha256.of("muster secrets " + HexFormat.of().formatHex(key)).substring(0, ID_CHARS);
  }

  String seal(String name, String value) {
    var nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      var sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(value.getBytes(StandardCharsets.UTF_8));
      var whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /// @throws GeneralSecurityException when it was sealed otherwise, or changed
  String open(String name, String sealed) throws GeneralSecurityException {
    var whole = Base64.getDecoder().decode(sealed);
    if (whole.length < NONCE_BYTES) throw new GeneralSecurityException("it is cut short");
    var nonce = Arrays.copyOf(whole, NONCE_BYTES);
    var value =
        cipher(Cipher.DECRYPT_MODE, nonce, name)
            .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
    return new String(value, StandardCharsets.UTF_8);
  }

  private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
