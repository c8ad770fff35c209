package dev.muster.protocol.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/// Signatures that this JVM has lately found good, or made with keys of its own making. Elliptic
/// curves cost milliseconds before they are compiled, and one receipt is looked at by its worker
/// and again for its results.
///
/// Each is known by a digest of all that the answer depends on: the key, what was said, and the
/// signature. One that does not fit is never kept.
final class FittingSeals {
  private static final int KEPT_MAX = 1_000;

  private final Map<String, Boolean> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KEPT_MAX;
        }
      };

  synchronized boolean has(String name) {
    return kept.get(name) != null;
  }

  synchronized void keep(String name) {
    kept.put(name, true);
  }

  /// @param said as it was signed
  static String name(Seal seal, byte[] said) {
    var digest = Sha256.digest();
    add(digest, seal.key().getBytes(StandardCharsets.UTF_8));
    add(digest, seal.signature().getBytes(StandardCharsets.UTF_8));
    add(digest, said);
    return Sha256.hex(digest);
  }

  /// With its length before it, so that no two run together.
  private static void add(MessageDigest digest, byte[] part) {
    digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(part);
  }
}
