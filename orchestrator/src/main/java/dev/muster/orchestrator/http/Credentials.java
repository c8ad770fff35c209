package dev.muster.orchestrator.http;

import dev.muster.orchestrator.identity.Known;
import dev.muster.orchestrator.identity.Principal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out who makes a request, from its headers alone.
final class Credentials {
  private static final String SCHEME = "bearer ";

  private final OperatorToken owner;
  private final Known known;

  Credentials(OperatorToken owner, Known known) {
    this.owner = owner;
    this.known = known;
  }

  /// Who it surely is, without asking anybody: the owner of the data folder, or null.
  @Nullable Principal owner(Map<String, String> headers) {
    var bearer = bearer(headers);
    return bearer != null && owner.matches(bearer) ? Principal.OWNER : null;
  }

  /// Whether anything was given at all.
  static boolean given(Map<String, String> headers) {
    return headers.containsKey("authorization");
  }

  static ProblemException missing() {
    return ProblemException.of(
        401,
        "token-missing",
        "expected the header `Authorization: Bearer <token>` with the token in"
            + " <data>/operator.token, found none");
  }

  static ProblemException wrong() {
    return ProblemException.of(
        403,
        "token-wrong",
        "expected the token in this node's <data>/operator.token, found another: does it belong to"
            + " another data folder?");
  }

  /// May ask the database.
  ///
  /// @throws ProblemException when nobody is known by what was given
  Principal find(Map<String, String> headers) {
    var owner = owner(headers);
    if (owner != null) return owner;
    var bearer = bearer(headers);
    var other = bearer == null ? null : known.by(bearer);
    if (other == null) throw wrong();
    return other;
  }

  /// Null for another scheme.
  private static @Nullable String bearer(Map<String, String> headers) {
    var given = headers.get("authorization");
    if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(SCHEME)) return null;
    return given.substring(SCHEME.length()).strip();
  }
}
