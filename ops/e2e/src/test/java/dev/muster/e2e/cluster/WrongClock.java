package dev.muster.e2e.cluster;

import dev.muster.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// Muster with a clock that goes wrong by as much as a file says, now and whenever it is rewritten.
public final class WrongClock {
  /// Names the file, which holds a duration such as `PT1H` or `PT-1H`.
  static final String VARIABLE = "WRONG_CLOCK_FILE";

  private WrongClock() {}

  public static void main(String[] args) {
    var file = Path.of(Objects.requireNonNull(System.getenv(VARIABLE)));
    Main.run(() -> Instant.now().plus(offset(file)), args);
  }

  static void set(Path file, Duration offset) {
    try {
      Files.writeString(file, offset.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration offset(Path file) {
    try {
      return Duration.parse(Files.readString(file).strip());
    } catch (IOException | RuntimeException _) {
      return Duration.ZERO; // not there yet, or just being rewritten
    }
  }
}
