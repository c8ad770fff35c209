package dev.muster.orchestrator.security.identity;

import dev.muster.protocol.proof.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Random texts that prove something by being known, and their hashes, which is all that is kept.
final class Secret {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secret() {}

  /// In hexadecimal digits.
  static String random(int bytes) {
    var random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /// They are long and random, so that one round is enough.
  static String hash(String secret) {
    return Sha256.of(secret);
  }

  /// Takes the same time whatever was given.
  static boolean matches(String hash, String given) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII), hash(given).getBytes(StandardCharsets.US_ASCII));
  }
}
