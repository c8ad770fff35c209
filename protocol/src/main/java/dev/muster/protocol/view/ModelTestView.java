package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of asking a profile for one word.
///
/// @param text that it answered; null when nobody did
/// @param costDollars null when the price is not known
/// @param why there is no answer; null when there is
/// @param retryAfterSeconds when to try again; null when that would not help
/// @param tries that failed
@JsonInclude(JsonInclude.Include.ALWAYS)
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
  public ModelTestView {
    tries = List.copyOf(tries);
  }

  /// @param failure its kind and words
  public record Try(String provider, String model, String failure) {}
}
