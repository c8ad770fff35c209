package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// How a reader of the tail stands.
///
/// @param seq all events up to this one have been taken in
/// @param behind numbers that it has not seen; gaps count, so it is an upper bound
/// @param problem why the last try failed on this node; null when it did not
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReaderStanding(String reader, long seq, long behind, @Nullable String problem) {
  /// It fills an outbox and no table: built anew, it tells again what happened within the last
  /// hour.
  public static final String WEBHOOK = "webhook";
}
