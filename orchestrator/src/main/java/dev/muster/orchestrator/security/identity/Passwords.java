package dev.muster.orchestrator.security.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;

/// Passwords as bcrypt keeps them (Bouncy Castle). It is slow on purpose, so that only a few are
/// compared at a time: who logs in by thousands keeps two processors busy at most, and nobody else.
public final class Passwords {
  private static final int CHARS_MIN = 10;

  /// bcrypt reads no further.
  private static final int BYTES_MAX = 72;

  private static final int SALT_BYTES = 16;
  private static final int AT_ONCE = 2;
  private static final int WAIT_MAX_SECONDS = 5;

  private final int cost;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore atOnce = new Semaphore(AT_ONCE);
  private volatile @Nullable String nobodys;

  /// @param cost 2 to the power of it is how often the work is repeated; 12 in earnest
  public Passwords(int cost) {
    this.cost = cost;
  }

  /// Why it cannot be a password, or null.
  public static @Nullable String refusal(String password) {
    if (password.codePointCount(0, password.length()) < CHARS_MIN) {
      return "at least " + CHARS_MIN + " characters";
    }
    return password.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX
        ? "at most " + BYTES_MAX + " bytes"
        : null;
  }

  public String hash(String password) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return OpenBSDBCrypt.generate("2b", bytes(password), salt, cost);
  }

  /// Takes as long for somebody who does not exist.
  ///
  /// @param hash null where nobody has that name
  /// @throws Busy when too many are being compared
  public boolean matches(@Nullable String hash, String password) {
    try {
      if (!atOnce.tryAcquire(WAIT_MAX_SECONDS, TimeUnit.SECONDS)) throw new Busy();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Busy();
    }
    try {
      var isSame = OpenBSDBCrypt.checkPassword(hash == null ? nobodys() : hash, bytes(password));
      return isSame && hash != null;
    } finally {
      atOnce.release();
    }
  }

  private String nobodys() {
    var known = nobodys;
    if (known != null) return known;
    var made = hash("nobody has this password");
    nobodys = made;
    return made;
  }

  private static byte[] bytes(String password) {
    var bytes = password.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= BYTES_MAX ? bytes : new byte[] {0};
  }

  /// Nothing was compared.
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy() {
      super("too many passwords are being compared", null, false, false);
    }
  }
}
