package dev.muster.protocol.proof;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long what a node has said may be made use of: longer than it is on its way, shorter than
/// anybody could make use of it again.
public final class Fresh {
  static final Duration MAX = Duration.ofSeconds(60);

  private Fresh() {}

  /// Why it is not to be believed now, in words that are the same for all that is old, so that an
  /// audit log can tell of it together; null when it is.
  public static @Nullable String refusal(Instant said, Instant now) {
    return Duration.between(said, now).abs().compareTo(MAX) <= 0
        ? null
        : "it was not said within %d s of now".formatted(MAX.toSeconds());
  }
}
