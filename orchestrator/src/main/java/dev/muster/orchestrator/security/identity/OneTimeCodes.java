package dev.muster.orchestrator.security.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Codes that let one browser in, once. They are in the memory of the node that gave them, and
/// nowhere else.
public final class OneTimeCodes {
  public static final Duration LIFE = Duration.ofMinutes(1);

  /// The oldest make room.
  static final int OPEN_MAX = 100;

  private static final int SECRET_BYTES = 32;

  private final InstantSource clock;

  /// By the hash of their codes, the oldest first.
  private final Map<String, Open> open = new LinkedHashMap<>();

  private record Open(Principal principal, Instant expiresAt) {}

  public record Given(String code, Instant expiresAt) {}

  public OneTimeCodes(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized Given give(Principal principal) {
    var code = Secret.random(SECRET_BYTES);
    var expiresAt = clock.instant().plus(LIFE);
    if (open.size() >= OPEN_MAX) open.remove(open.keySet().iterator().next());
    open.put(Secret.hash(code), new Open(principal, expiresAt));
    return new Given(code, expiresAt);
  }

  /// Null when it was none, has been used, or is too old.
  public synchronized @Nullable Principal use(String code) {
    var found = open.remove(Secret.hash(code));
    return found != null && found.expiresAt().isAfter(clock.instant()) ? found.principal() : null;
  }
}
