package dev.muster.orchestrator.api.identity;

import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.OperatorToken;
import dev.muster.orchestrator.security.identity.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out who makes a request, from its headers alone: a bearer token, or the cookie of a
/// browser that has logged in.
public final class Credentials {
  static final String COOKIE = "muster_session";
  static final String CSRF = "x-muster-csrf";

  private static final String SCHEME = "bearer ";
  private static final int BEARER_CHARS_MAX = 8_000;
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final OperatorToken owner;
  private final Identities identities;

  public Credentials(OperatorToken owner, Identities identities) {
    this.owner = owner;
    this.identities = identities;
  }

  /// Who it surely is, without asking anybody: the owner of the data folder, or null.
  public @Nullable Principal owner(Map<String, String> headers) {
    var bearer = bearer(headers);
    return bearer == null ? null : owner(bearer);
  }

  public @Nullable Principal owner(String bearer) {
    return owner.matches(bearer) ? Principal.OWNER : null;
  }

  /// Whether anything was given at all.
  public static boolean given(Map<String, String> headers) {
    return headers.containsKey("authorization") || cookie(headers) != null;
  }

  public static ProblemException missing() {
    return ProblemException.of(
        401,
        "token-missing",
        "expected the header `Authorization: Bearer <token>`, such as the token in"
            + " <data>/operator.token, found none");
  }

  static ProblemException wrong() {
    return ProblemException.of(
        403,
        "token-wrong",
        "expected the token in this node's <data>/operator.token, or one that was made here and has"
            + " neither expired nor been revoked, found another: does it belong to another data"
            + " folder?");
  }

  /// A page of somebody else's can make a browser send the cookie along, but not this.
  private static ProblemException unproven(@Nullable String csrf) {
    return ProblemException.of(
        403,
        "csrf-wrong",
        "expected in the header X-Muster-Csrf what this browser was given when it logged in, found"
            + " %s: log in again at /login, or as a program send the `csrf` of that answer"
                .formatted(csrf == null || csrf.isEmpty() ? "none" : "another"));
  }

  /// May ask the database.
  ///
  /// @throws ProblemException when nobody is known by what was given
  public Principal find(String method, Map<String, String> headers) {
    var found =
        headers.containsKey("authorization")
            ? holder(bearer(headers))
            : browser(method, headers, cookie(headers));
    if (found == null) throw wrong();
    return found;
  }

  /// Null for nobody.
  @Nullable Principal holder(@Nullable String bearer) {
    if (bearer == null || bearer.length() > BEARER_CHARS_MAX) return null;
    var owner = owner(bearer);
    return owner == null ? identities.by(bearer) : owner;
  }

  private @Nullable Principal browser(
      String method, Map<String, String> headers, @Nullable String cookie) {
    if (cookie == null) return null;
    var sessions = identities.sessions();
    var csrf = headers.get(CSRF);
    var changes = !READING.contains(method);
    var found = sessions.by(cookie, csrf, changes);
    if (found == null && changes && sessions.by(cookie, csrf, false) != null) throw unproven(csrf);
    return found;
  }

  static @Nullable String cookie(Map<String, String> headers) {
    var all = headers.get("cookie");
    if (all == null) return null;
    for (var pair : all.split("[;,]", 100)) {
      var parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(COOKIE)) return parts[1];
    }
    return null;
  }

  /// Null for another scheme.
  private static @Nullable String bearer(Map<String, String> headers) {
    var given = headers.get("authorization");
    if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(SCHEME)) return null;
    return given.substring(SCHEME.length()).strip();
  }
}
