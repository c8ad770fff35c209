package dev.muster.orchestrator.security.identity;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `identity_user`.
public final class Users {
  /// Names that Muster itself acts under.
  private static final Set<String> TAKEN =
      Set.of(Principal.OWNER_NAME, "muster", "policy", "nobody", "owner", "system");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");

  private final Rows<IllegalStateException> rows;
  private final Passwords passwords;
  private final InstantSource clock;

  public Users(DataSource database, Passwords passwords, InstantSource clock) {
    this.rows = Rows.of(database, "who may call");
    this.passwords = passwords;
    this.clock = clock;
  }

  /// Whether somebody can be called so.
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !TAKEN.contains(name);
  }

  /// False when there is one of that name.
  public boolean add(
      String name, String password, Set<Role> roles, @Nullable String workforce, String by) {
    var now = clock.millis();
    return rows.insert(
        "INSERT INTO identity_user (name, password, password_at, roles, workforce, created_at,"
            + " created_by) SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
            + " (SELECT 1 FROM identity_user WHERE name = ?)",
        name,
        passwords.hash(password),
        now,
        Role.format(roles),
        workforce,
        now,
        by,
        name);
  }

  public List<User> all() {
    return rows.all("SELECT * FROM identity_user ORDER BY name", Users::user);
  }

  public @Nullable User find(String name) {
    return rows.one("SELECT * FROM identity_user WHERE name = ?", Users::user, name);
  }

  /// Null for who does not exist or is disabled.
  public @Nullable Principal principal(String name) {
    var user = find(name);
    return user == null || user.disabledAt() != null ? null : user.principal();
  }

  /// Since when the password is what it is; what was proved with an older one counts no more.
  @Nullable Instant passwordSince(String name) {
    return rows.one(
        "SELECT password_at FROM identity_user WHERE name = ?",
        row -> Instant.ofEpochMilli(row.getLong(1)),
        name);
  }

  /// Null unless the password is theirs and they may come in.
  public @Nullable Principal login(String name, String password) {
    var hash =
        rows.one(
            "SELECT password FROM identity_user WHERE name = ? AND disabled_at IS NULL",
            row -> row.getString(1),
            name);
    return passwords.matches(hash, password) ? principal(name) : null;
  }

  /// False when there is nobody of that name.
  public boolean disable(String name, boolean disabled) {
    return rows.update(
            "UPDATE identity_user SET disabled_at = ? WHERE name = ?",
            disabled ? clock.millis() : null,
            name)
        == 1;
  }

  public boolean password(String name, String password) {
    return rows.update(
            "UPDATE identity_user SET password = ?, password_at = ? WHERE name = ?",
            passwords.hash(password),
            clock.millis(),
            name)
        == 1;
  }

  private static User user(ResultSet row) throws SQLException {
    var disabledAt = Sql.longOrNull(row, "disabled_at");
    return new User(
        row.getString("name"),
        Role.parse(row.getString("roles")),
        row.getString("workforce"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"),
        disabledAt == null ? null : Instant.ofEpochMilli(disabledAt));
  }
}
