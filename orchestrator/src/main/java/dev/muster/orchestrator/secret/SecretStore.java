package dev.muster.orchestrator.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `secret`.
public final class SecretStore {
  public static final int VALUE_BYTES_MAX = 64 * 1_024;

  private final DataSource database;
  private final SecretKeyFile key;
  private final InstantSource clock;

  public SecretStore(DataSource database, SecretKeyFile key, InstantSource clock) {
    this.database = database;
    this.key = key;
    this.clock = clock;
  }

  /// What is told of one; never the value.
  public record Known(String name, Instant setAt, String setBy) {}

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
      var sealed = sealing.seal(name, value);
      if (update(connection, name, sealed, sealing.id(), by) == 0) {
        insert(connection, name, sealed, sealing.id(), by);
      }
    } catch (IOException | SQLException e) {
      throw new Unusable("the secret cannot be kept: " + e.getMessage(), e);
    }
  }

  private int update(Connection connection, String name, String sealed, String id, String by)
      throws SQLException {
    var sql = "UPDATE secret SET sealed = ?, key_id = ?, set_at = ?, set_by = ? WHERE name = ?";
    try (var update = connection.prepareStatement(sql)) {
      update.setString(1, sealed);
      update.setString(2, id);
      update.setLong(3, clock.millis());
      update.setString(4, by);
      update.setString(5, name);
      return update.executeUpdate();
    }
  }

  private void insert(Connection connection, String name, String sealed, String id, String by)
      throws SQLException {
    var sql = "INSERT INTO secret (name, sealed, key_id, set_at, set_by) VALUES (?, ?, ?, ?, ?)";
    try (var insert = connection.prepareStatement(sql)) {
      insert.setString(1, name);
      insert.setString(2, sealed);
      insert.setString(3, id);
      insert.setLong(4, clock.millis());
      insert.setString(5, by);
      insert.executeUpdate();
    }
  }

  public List<Known> all() {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement("SELECT name, set_at, set_by FROM secret ORDER BY name");
        var rows = select.executeQuery()) {
      var all = new ArrayList<Known>();
      while (rows.next()) {
        all.add(
            new Known(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)), rows.getString(3)));
      }
      return all;
    } catch (SQLException e) {
      throw new Unusable("secrets cannot be read: " + e.getMessage(), e);
    }
  }

  /// False when there was none.
  public boolean delete(String name) {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("DELETE FROM secret WHERE name = ?")) {
      delete.setString(1, name);
      return delete.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new Unusable("the secret cannot be deleted: " + e.getMessage(), e);
    }
  }

  /// Null when nobody has set it.
  ///
  /// @throws Unusable when it is there, and this node has not its key
  public @Nullable String reveal(String name) {
    try (var connection = database.getConnection()) {
      var row = row(connection, name);
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

  private static @Nullable Row row(Connection connection, String name) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT sealed, key_id FROM secret WHERE name = ?")) {
      select.setString(1, name);
      try (var row = select.executeQuery()) {
        return row.next() ? new Row(row.getString(1), row.getString(2)) : null;
      }
    }
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
