package dev.muster.orchestrator.identity;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Everybody who may call besides the owner: users, tokens, browsers, and whom an issuer vouches
/// for.
///
/// @param issuers of OpenID Connect; nobody where none is set
public record Identities(
    Users users,
    Tokens tokens,
    Sessions sessions,
    WebTokens webTokens,
    Throttle throttle,
    Known issuers)
    implements Known {
  private static final int COST = 12;

  /// Nothing is read yet.
  ///
  /// @param issuer null where none is set
  public static Identities of(DataSource database, @Nullable Issuer issuer, InstantSource clock) {
    return of(database, issuer == null ? Known.NOBODY : new Oidc(issuer, clock), COST, clock);
  }

  /// @param cost of a password, see `Passwords`
  public static Identities of(DataSource database, Known issuers, int cost, InstantSource clock) {
    var users = new Users(database, new Passwords(cost), clock);
    var tokens = new Tokens(database, users, clock);
    return new Identities(
        users,
        tokens,
        new Sessions(database, users, tokens, clock),
        new WebTokens(database, users, clock),
        new Throttle(clock::millis),
        issuers);
  }

  @Override
  public @Nullable Principal by(String bearer) {
    if (Tokens.isToken(bearer)) return tokens.by(bearer);
    if (bearer.chars().filter(it -> it == '.').count() != 2) return null;
    var own = webTokens.by(bearer);
    return own == null ? issuers.by(bearer) : own;
  }
}
