package dev.muster.orchestrator.security.identity;

import dev.muster.protocol.approval.People;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who makes a request, established once from its credentials and from nothing else it says.
///
/// @param name under which acts are recorded; unique, since each kind has its own form
/// @param person who is behind it: whoever made a token acts through it
/// @param workforce the only one it may see and touch; null for all
/// @param credential id of the token that was shown; null where it was none
public record Principal(
    String name,
    Kind kind,
    String person,
    Set<Role> roles,
    @Nullable String workforce,
    @Nullable String credential) {
  /// Known without a token.
  public Principal(
      String name, Kind kind, String person, Set<Role> roles, @Nullable String workforce) {
    this(name, kind, person, roles, workforce, null);
  }

  /// The name of whoever holds the token of the data folder.
  public static final String OWNER_NAME = "operator";

  /// Who holds `<data>/operator.token`: the administrator of an installation for one.
  public static final Principal OWNER =
      new Principal(OWNER_NAME, Kind.OWNER, OWNER_NAME, Set.of(Role.ADMIN), null);

  /// How somebody is known.
  public enum Kind {
    OWNER,
    USER,
    TOKEN,
    OIDC
  }

  public Principal {
    if (name.isBlank()) throw new IllegalArgumentException("a principal has a name");
    roles = Set.copyOf(roles);
  }

  /// As gates know who asks and decides.
  public People.Caller caller() {
    return new People.Caller(name, person);
  }

  public boolean may(Permission permission) {
    return roles.stream().anyMatch(role -> role.allows(permission));
  }

  /// Whether it is never to be locked out by others.
  public boolean isAdmin() {
    return roles.contains(Role.ADMIN);
  }

  public boolean sees(String name) {
    return workforce == null || workforce.equals(name);
  }

  /// At most these roles, and at most this workforce.
  public Principal narrowed(String as, Set<Role> to, @Nullable String only) {
    var isAll = roles.contains(Role.ADMIN);
    var kept = to.stream().filter(role -> isAll || roles.contains(role) || impliedBy(role));
    return new Principal(
        as, Kind.TOKEN, person, Set.copyOf(kept.toList()), workforce == null ? only : workforce);
  }

  /// Known by the token of this id.
  Principal by(String token) {
    return new Principal(name, kind, person, roles, workforce, token);
  }

  /// Whether the roles it has allow all that the other would.
  private boolean impliedBy(Role role) {
    return Arrays.stream(Permission.values()).filter(role::allows).allMatch(this::may);
  }
}
