package dev.muster.host.refusal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A verb cannot go on. The message says what was expected and what was found, the advice what to
/// do next.
public final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String words;
  private final @Nullable String advice;

  public Refusal(int exitCode, String message, @Nullable String advice) {
    super(message);
    this.exitCode = exitCode;
    this.words = message;
    this.advice = advice;
  }

  public Refusal(int exitCode, String message, @Nullable String advice, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.words = message;
    this.advice = advice;
  }

  /// The message.
  public String words() {
    return words;
  }

  public int exitCode() {
    return exitCode;
  }

  /// The next command to try; null when there is none to give.
  public @Nullable String advice() {
    return advice;
  }
}
