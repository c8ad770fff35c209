package dev.muster.node.models;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why there is no answer. The words are for people, bounded, and hold no key.
public sealed interface ModelFailure {
  String words();

  /// Too many requests or tokens lately.
  ///
  /// @param retryAfter as the provider asks; null when it does not say
  record RateLimited(@Nullable Duration retryAfter, String words) implements ModelFailure {}

  /// Nothing is left of what was paid for.
  record Quota(@Nullable Duration retryAfter, String words) implements ModelFailure {}

  /// The conversation is longer than the model's window.
  record ContextOverflow(String words) implements ModelFailure {}

  /// The key is missing, wrong, or may not use this model.
  record Auth(String words) implements ModelFailure {}

  /// The provider takes the request for wrong, such as an unknown model: it would do so again.
  record Rejected(String words) implements ModelFailure {}

  /// Nobody there, or in no state to answer.
  record Unreachable(@Nullable Duration retryAfter, String words) implements ModelFailure {}

  /// It answered, but nothing that its protocol knows, or more than may be read.
  record BadAnswer(String words) implements ModelFailure {}

  /// The answer ended before its end, or took too long.
  record Cut(String words) implements ModelFailure {}

  /// The caller wanted no answer any more.
  record Cancelled(String words) implements ModelFailure {}

  /// Kind and words, as people read it.
  default String sentence() {
    return kind() + ": " + words();
  }

  /// One word or two.
  default String kind() {
    return switch (this) {
      case RateLimited _ -> "rate limited";
      case Quota _ -> "quota used up";
      case ContextOverflow _ -> "context overflow";
      case Auth _ -> "not let in";
      case Rejected _ -> "rejected";
      case Unreachable _ -> "unreachable";
      case BadAnswer _ -> "bad answer";
      case Cut _ -> "cut off";
      case Cancelled _ -> "cancelled";
    };
  }
}
