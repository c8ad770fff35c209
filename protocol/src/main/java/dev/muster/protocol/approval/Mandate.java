package dev.muster.protocol.approval;

import dev.muster.protocol.proof.Seal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The word of an orchestrator for who decides: it has let that principal in, by its credentials.
///
/// @param kind of principal, as the API knows it
/// @param credential id of the token that was shown; null where there is none that can be looked up
public record Mandate(String kind, @Nullable String credential, Instant at, Seal seal) {
  public static final String PURPOSE = "decision";

  /// What is sealed: all of one decision, about one content of one operation.
  public record Said(
      String gate,
      String approval,
      String digest,
      Decision decision,
      People.Caller by,
      int people,
      String reason,
      String kind,
      @Nullable String credential,
      Instant at) {}
}
