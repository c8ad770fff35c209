package dev.muster.orchestrator.api.exchange;

import dev.muster.orchestrator.readside.view.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Texts that sort as the values they stand for; nothing sorts before everything.
final class Keys {
  private Keys() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Instant at -> Json.instant(at);
      case Integer number -> "%012d".formatted(number);
      case Long number -> "%020d".formatted(number);
      case Double number -> "%020.3f".formatted(number);
      case Object other -> other.toString();
    };
  }
}
