package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.time.Duration;

/// When a provider that fails is left alone, and for how long.
///
/// @param failuresMax of so many different conversations, without an answer between them
public record Breaking(int failuresMax, Duration open) implements CborSerializable {
  public static final Breaking STANDARD = new Breaking(3, Duration.ofSeconds(30));

  public Breaking {
    if (failuresMax < 1) throw new IllegalArgumentException("failuresMax is below 1");
  }
}
