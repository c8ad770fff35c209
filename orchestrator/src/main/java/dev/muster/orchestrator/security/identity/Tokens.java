package dev.muster.orchestrator.security.identity;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `identity_token`: tokens for programs. Shown once, kept as a hash, and never good for
/// more than whoever made them may do at the time.
public final class Tokens {
  public static final Duration LIFE_MAX = Duration.ofDays(366);

  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Pattern TOKEN = Pattern.compile("mst_([0-9a-f]{16})_([0-9a-f]{64})");

  private final Rows<IllegalStateException> rows;
  private final Users users;
  private final InstantSource clock;

  public Tokens(DataSource database, Users users, InstantSource clock) {
    this.rows = Rows.of(database, "who may call");
    this.users = users;
    this.clock = clock;
  }

  /// @param token the text that its holder shows; nobody can tell it again
  public record Made(String token, ApiToken row) {}

  public Made create(
      Principal by, String name, Set<Role> roles, @Nullable String workforce, Duration life) {
    var id = Secret.random(ID_BYTES);
    var secret = Secret.random(SECRET_BYTES);
    var now = clock.instant();
    var row = new ApiToken(id, name, by.person(), roles, workforce, now, now.plus(life), null);
    rows.insert(
        "INSERT INTO identity_token (id, name, hash, person, roles, workforce, created_at,"
            + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        name,
        Secret.hash(secret),
        row.person(),
        Role.format(roles),
        workforce,
        now.toEpochMilli(),
        row.expiresAt().toEpochMilli());
    return new Made("mst_" + id + "_" + secret, row);
  }

  /// @param person whose; null for everybody's
  public List<ApiToken> all(@Nullable String person) {
    var order = " ORDER BY created_at, id";
    return person == null
        ? rows.all("SELECT * FROM identity_token" + order, Tokens::token)
        : rows.all("SELECT * FROM identity_token WHERE person = ?" + order, Tokens::token, person);
  }

  public @Nullable ApiToken find(String id) {
    return rows.one("SELECT * FROM identity_token WHERE id = ?", Tokens::token, id);
  }

  public void revoke(String id) {
    rows.update(
        "UPDATE identity_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
        clock.millis(),
        id);
  }

  static boolean isToken(String bearer) {
    return TOKEN.matcher(bearer).matches();
  }

  /// Null for one that does not count (any more), or whose maker may not come in.
  @Nullable Principal by(String bearer) {
    var parts = TOKEN.matcher(bearer);
    if (!parts.matches()) return null;
    var hash =
        rows.one(
            "SELECT hash FROM identity_token WHERE id = ?",
            row -> row.getString(1),
            parts.group(1));
    if (hash == null || !Secret.matches(hash, parts.group(2))) return null;
    return principal(parts.group(1));
  }

  /// Of a token by its id, for whoever has shown it before.
  @Nullable Principal principal(String id) {
    var token = find(id);
    if (token == null || token.revokedAt() != null) return null;
    if (!token.expiresAt().isAfter(clock.instant())) return null;
    var maker =
        token.person().equals(Principal.OWNER_NAME)
            ? Principal.OWNER
            : users.principal(token.person());
    return maker == null
        ? null
        : maker.narrowed("token:" + token.name(), token.roles(), token.workforce()).by(token.id());
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    var revokedAt = Sql.longOrNull(row, "revoked_at");
    return new ApiToken(
        row.getString("id"),
        row.getString("name"),
        row.getString("person"),
        Role.parse(row.getString("roles")),
        row.getString("workforce"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        revokedAt == null ? null : Instant.ofEpochMilli(revokedAt));
  }
}
