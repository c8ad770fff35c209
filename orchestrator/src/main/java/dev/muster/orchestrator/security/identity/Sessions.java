package dev.muster.orchestrator.security.identity;

import dev.muster.orchestrator.journal.jdbc.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `identity_session`: browsers that have logged in. A browser shows its cookie by
/// itself, wherever a request comes from; what changes something must also show a text that only
/// pages of this origin know.
public final class Sessions {
  public static final Duration LIFE = Duration.ofHours(12);

  private static final int SECRET_BYTES = 32;
  private static final String USER = "user:";
  private static final String TOKEN = "token:";

  private final Rows<IllegalStateException> rows;
  private final Users users;
  private final Tokens tokens;
  private final InstantSource clock;

  public Sessions(DataSource database, Users users, Tokens tokens, InstantSource clock) {
    this.rows = Rows.of(database, "who may call");
    this.users = users;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// @param cookie what the browser keeps
  /// @param csrf what its pages send along with a change
  public record Opened(String cookie, String csrf, Instant expiresAt) {}

  /// @param csrfHash of what has to come along with a change
  private record Row(String csrfHash, String subject, Instant openedAt, Instant expiresAt) {}

  /// @param bearer the token that was shown, where it was one
  public Opened open(Principal principal, @Nullable String bearer) {
    var now = clock.instant();
    rows.update("DELETE FROM identity_session WHERE expires_at < ?", now.toEpochMilli());
    var opened =
        new Opened(Secret.random(SECRET_BYTES), Secret.random(SECRET_BYTES), now.plus(LIFE));
    rows.insert(
        "INSERT INTO identity_session (hash, csrf_hash, subject, opened_at, expires_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        Secret.hash(opened.cookie()),
        Secret.hash(opened.csrf()),
        subject(principal, bearer),
        now.toEpochMilli(),
        opened.expiresAt().toEpochMilli());
    return opened;
  }

  private static String subject(Principal principal, @Nullable String bearer) {
    return switch (principal.kind()) {
      case OWNER -> Principal.OWNER_NAME;
      case USER -> USER + principal.name();
      case TOKEN -> TOKEN + token(principal, bearer);
      case OIDC -> throw new IllegalArgumentException("an issuer's token is shown each time");
    };
  }

  private static String token(Principal principal, @Nullable String bearer) {
    var id = principal.credential();
    return id == null ? String.valueOf(bearer).split("_", 3)[1] : id;
  }

  public void close(String cookie) {
    rows.update("DELETE FROM identity_session WHERE hash = ?", Secret.hash(cookie));
  }

  /// Null when it is none (any more), or when a change comes without what has to come along.
  ///
  /// @param csrf null where nothing came along
  /// @param changes whether the request may change something
  public @Nullable Principal by(String cookie, @Nullable String csrf, boolean changes) {
    var row =
        rows.one(
            "SELECT csrf_hash, subject, opened_at, expires_at FROM identity_session WHERE hash = ?",
            it ->
                new Row(
                    it.getString(1),
                    it.getString(2),
                    Instant.ofEpochMilli(it.getLong(3)),
                    Instant.ofEpochMilli(it.getLong(4))),
            Secret.hash(cookie));
    if (row == null || !row.expiresAt().isAfter(clock.instant())) return null;
    if (changes && (csrf == null || !Secret.matches(row.csrfHash(), csrf))) return null;
    return principal(row);
  }

  private @Nullable Principal principal(Row row) {
    var subject = row.subject();
    if (subject.equals(Principal.OWNER_NAME)) return Principal.OWNER;
    if (subject.startsWith(TOKEN)) return tokens.principal(subject.substring(TOKEN.length()));
    var name = subject.substring(USER.length());
    var since = users.passwordSince(name);
    return since == null || since.isAfter(row.openedAt()) ? null : users.principal(name);
  }
}
