package dev.muster.orchestrator.security.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that happened.
///
/// @param who the principal; `stranger` for who did not say, `muster` for what it did by itself
/// @param peer where it came from, if it came from somewhere
/// @param action such as `POST /api/v1/runs`
/// @param outcome what became of it
/// @param times how often, where many like it are told together
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Entry(
    Instant at,
    Kind kind,
    String who,
    @Nullable String person,
    @Nullable String peer,
    String action,
    String outcome,
    @Nullable String requestId,
    @Nullable String detail,
    long times) {
  private static final int TEXT_CHARS_MAX = 1_000;

  /// What sort of thing.
  public enum Kind {
    /// Somebody is about to change or decide something: written before it is carried out.
    INTENT,
    /// What became of that.
    CHANGE,
    DECISION,
    LOGIN,
    /// Somebody was not let in, or not allowed.
    REFUSAL,
    /// Something was tried that is never right.
    VIOLATION,
    /// Entries that found no place, by their number.
    LOST
  }

  public Entry {
    action = cut(action);
    outcome = cut(outcome);
    detail = detail == null ? null : cut(detail);
  }

  private static String cut(String text) {
    return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
  }
}
