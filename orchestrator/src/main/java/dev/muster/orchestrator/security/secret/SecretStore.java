package dev.muster.orchestrator.security.secret;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.text.SecretForms;
import dev.muster.protocol.view.SecretView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `secret`.
public final class SecretStore {
  public static final int VALUE_BYTES_MAX = 64 * 1_024;

  private static final String UPDATE =
      "UPDATE secret SET sealed = ?, key_id = ?, set_at = ?, set_by = ? WHERE name = ?";
  private static final String INSERT =
      "INSERT INTO secret (sealed, key_id, set_at, set_by, name) VALUES (?, ?, ?, ?, ?)";

  private final DataSource database;
  private final SecretKeyFile key;
  private final InstantSource clock;

  public SecretStore(DataSource database, SecretKeyFile key, InstantSource clock) {
    this.database = database;
    this.key = key;
    this.clock = clock;
  }

  /// Why it cannot be used, in words.
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private record Row(String sealed, String keyId) {}

  /// Instead of what was there.
  public void set(String name, String value, String by) {
    try (var connection = database.getConnection()) {
      var sealing = new Sealing(key.readOrCreate());
      var row = List.of(sealing.seal(name, value), sealing.id(), clock.millis(), by, name);
      if (Sql.update(connection, UPDATE, row) == 0) Sql.update(connection, INSERT, row);
    } catch (IOException | SQLException e) {
      throw new Unusable("the secret cannot be kept: " + e.getMessage(), e);
    }
  }

  public List<SecretView> all() {
    return new Rows<>(
            database, (_, e) -> new Unusable("secrets cannot be read: " + e.getMessage(), e))
        .all(
            "SELECT name, set_at, set_by FROM secret ORDER BY name",
            row ->
                new SecretView(
                    row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3)));
  }

  /// False when there was none.
  public boolean delete(String name) {
    return new Rows<>(
                database,
                (_, e) -> new Unusable("the secret cannot be deleted: " + e.getMessage(), e))
            .update("DELETE FROM secret WHERE name = ?", name)
        == 1;
  }

  /// Null when nobody has set it.
  ///
  /// @throws Unusable when it is there, and this node has not its key
  public @Nullable String reveal(String name) {
    try (var connection = database.getConnection()) {
      var row =
          Sql.one(
              connection,
              "SELECT sealed, key_id FROM secret WHERE name = ?",
              it -> new Row(it.getString(1), it.getString(2)),
              List.of(name));
      if (row == null) return null;
      var bytes = key.read();
      if (bytes == null) {
        throw new Unusable(
            "the secret " + name + " needs the key in " + key + ", which is not there", null);
      }
      var sealing = new Sealing(bytes);
      if (!sealing.id().equals(row.keyId())) {
        throw new Unusable("the secret " + name + " was sealed with another key than " + key, null);
      }
      return sealing.open(name, row.sealed());
    } catch (IOException | SQLException | GeneralSecurityException | IllegalArgumentException e) {
      throw new Unusable("the secret " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// Whatever a value that is kept here could look like in a text.
  ///
  /// @param others values that are kept elsewhere
  /// @throws Unusable when one is there that this node has not the key of
  public SecretForms forms(Collection<String> others) {
    var values = new ArrayList<>(others);
    for (var it : all()) {
      var value = reveal(it.name());
      if (value != null) values.add(value); // deleted meanwhile
    }
    return SecretForms.of(values);
  }

  /// Why it cannot be a secret's value, or null.
  public static @Nullable String refusal(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > VALUE_BYTES_MAX) return "at most " + VALUE_BYTES_MAX + " bytes";
    if (value.indexOf('\0') >= 0) return "no NUL";
    return value.strip().length() < 8
        ? "at least 8 characters, since less cannot be told from other text that is printed"
        : null;
  }
}
