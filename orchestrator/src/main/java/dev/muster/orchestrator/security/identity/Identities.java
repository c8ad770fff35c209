package dev.muster.orchestrator.security.identity;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;
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

  /// Who there is to approve things.
  public Approvers approvers() {
    return Approvers.of(users.all(), !issuers.equals(Known.NOBODY));
  }

  /// Somebody who was let in before, as they stand now; null for who would be let in no more. Whom
  /// an issuer vouched for cannot be asked about again.
  public @Nullable Principal again(
      Principal.Kind kind, String name, String person, @Nullable String credential) {
    var found =
        switch (kind) {
          case OWNER -> Principal.OWNER;
          case USER -> users.principal(name);
          case TOKEN -> credential == null ? null : tokens.principal(credential);
          case OIDC -> new Principal(name, kind, person, Set.of(Role.APPROVER), null);
        };
    return found != null && found.name().equals(name) && found.person().equals(person)
        ? found
        : null;
  }

  /// Whether this holds of a person as they stand now; of whom an issuer vouches for, who cannot be
  /// asked about, it is believed.
  public boolean mayStill(String person, Predicate<Principal> may) {
    if (person.equals(Principal.OWNER_NAME)) return may.test(Principal.OWNER);
    var user = users.find(person);
    return user == null || (user.disabledAt() == null && may.test(user.principal()));
  }

  @Override
  public @Nullable Principal by(String bearer) {
    if (Tokens.isToken(bearer)) return tokens.by(bearer);
    if (bearer.chars().filter(it -> it == '.').count() != 2) return null;
    var own = webTokens.by(bearer);
    return own == null ? issuers.by(bearer) : own;
  }
}
