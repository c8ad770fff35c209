package dev.muster.cli.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of asking a profile for one word.
public record ModelTestView(
    String profile,
    boolean answered,
    @Nullable String provider,
    @Nullable String model,
    @Nullable String text,
    @Nullable Long latencyMillis,
    @Nullable Long tokensIn,
    @Nullable Long tokensOut,
    @Nullable Double costDollars,
    @Nullable String why,
    @Nullable Long retryAfterSeconds,
    List<Try> tries) {
  public record Try(String provider, String model, String failure) {}
}
