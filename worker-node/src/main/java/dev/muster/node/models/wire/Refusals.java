package dev.muster.node.models.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ModelFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a provider means by an error. The four protocols differ in words more than in meaning; what
/// is not known is taken by its status. Pure.
///
/// @param status of the answer; 200 when the error came in the middle of a stream
/// @param header finds one by its name
/// @param body as far as it was read
record Refusals(int status, Function<String, Optional<String>> header, String body, Instant now) {
  /// A free tier of Gemini says only that something is exhausted.
  private static final Duration EXHAUSTED = Duration.ofSeconds(40);

  /// No provider's clock is believed further.
  private static final Duration RETRY_MAX = Duration.ofHours(24);

  private static final Pattern QUOTA =
      Pattern.compile("insufficient_quota|billing|credit balance|insufficient credits|payment");
  private static final Pattern CONTEXT =
      Pattern.compile(
          "context_length_exceeded|context length|context window|prompt is too"
              + " long|request_too_large|exceeds the maximum number of tokens|input token count|too"
              + " many tokens in");
  private static final Pattern OVERLOADED =
      Pattern.compile("overloaded|unavailable|api_error|server_error");
  private static final Pattern RETRY_DELAY =
      Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9.]{1,9})s\"");

  ModelFailure failure() {
    var text = body.toLowerCase(Locale.ROOT);
    var words = words();
    if (status == 401 || status == 403) return new ModelFailure.Auth(words);
    if (status == 402) return new ModelFailure.Quota(retryAfter(), words);
    if (status == 429 || text.contains("rate_limit")) return limited(text, words);
    if (status == 413 || (status < 500 && CONTEXT.matcher(text).find())) {
      return new ModelFailure.ContextOverflow(words);
    }
    if (status < 500 && QUOTA.matcher(text).find()) {
      return new ModelFailure.Quota(retryAfter(), words);
    }
    var inStream = status == 200;
    if (status == 408 || status >= 500 || (inStream && OVERLOADED.matcher(text).find())) {
      return new ModelFailure.Unreachable(retryAfter(), words);
    }
    return inStream ? new ModelFailure.Cut(words) : new ModelFailure.Rejected(words);
  }

  /// Gemini speaks of quota whatever the reason, and says when to come again.
  private ModelFailure limited(String text, String words) {
    var retry = retryAfter();
    var exhausted = text.contains("resource_exhausted");
    if (retry == null && !exhausted && QUOTA.matcher(text).find()) {
      return new ModelFailure.Quota(null, words);
    }
    return new ModelFailure.RateLimited(retry == null && exhausted ? EXHAUSTED : retry, words);
  }

  @Nullable Duration retryAfter() {
    var millis = number(header.apply("retry-after-ms").orElse(""), 1);
    if (millis != null) return millis;
    var given = header.apply("retry-after").orElse("").strip();
    var seconds = number(given, 1_000);
    if (seconds != null) return seconds;
    var date = date(given);
    if (date != null) return bounded(Duration.between(now, date));
    var delay = RETRY_DELAY.matcher(body);
    return delay.find() ? number(delay.group(1), 1_000) : null;
  }

  private static @Nullable Duration number(String text, int millis) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) return null;
    return bounded(Duration.ofMillis(Math.round(Double.parseDouble(text) * millis)));
  }

  private static @Nullable Instant date(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Duration bounded(Duration duration) {
    if (duration.isNegative()) return Duration.ZERO;
    return duration.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : duration;
  }

  private String words() {
    var said = Excerpt.of(message());
    return status == 200 ? "reported " + said : "answered " + status + " " + said;
  }

  private String message() {
    var read = Wire.objectOrNull(body);
    if (read == null) return body;
    JsonNode error = read.path("error");
    var message = error.isTextual() ? error.textValue() : Wire.text(error, "message");
    return message.isEmpty() ? body : message;
  }
}
