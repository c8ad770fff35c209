package dev.muster.orchestrator.api.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Answer.Content;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.view.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The table `idempotency_key`.
record IdempotencyKeys(DataSource database) {
  /// @param firstAt when the key was first used, `at` when it was last taken over
  record Used(String fingerprint, Instant firstAt, Instant at, @Nullable Answer answer) {}

  /// Null when the key was free and is now taken.
  @Nullable Used claim(String key, String fingerprint, Instant now) {
    var free =
        update(
            "INSERT INTO idempotency_key (id, fingerprint, first_at, taken_at)"
                + " SELECT ?, ?, ?, ? WHERE NOT EXISTS"
                + " (SELECT 1 FROM idempotency_key WHERE id = ?)",
            key,
            fingerprint,
            now.toEpochMilli(),
            now.toEpochMilli(),
            key);
    return free == 1 ? null : find(key);
  }

  void take(String key, Instant was, Instant now) {
    var mine =
        update(
            "UPDATE idempotency_key SET taken_at = ? WHERE id = ? AND taken_at = ?",
            now.toEpochMilli(),
            key,
            was.toEpochMilli());
    if (mine == 0) throw ProblemException.of(409, "still-working", "another caller was quicker");
  }

  /// As if it had been taken then.
  void release(String key, Instant then) {
    update(
        "UPDATE idempotency_key SET taken_at = ? WHERE id = ? AND status IS NULL",
        then.toEpochMilli(),
        key);
  }

  void remember(String key, Answer answer) {
    if (!(answer.content() instanceof Content.Whole(var bytes))) return;
    update(
        "UPDATE idempotency_key SET status = ?, headers = ?, body = ? WHERE id = ?",
        answer.status(),
        Json.text(answer.headers()),
        bytes.utf8String(),
        key);
  }

  void forget(String key) {
    update("DELETE FROM idempotency_key WHERE id = ?", key);
  }

  void forgetBefore(Instant at) {
    update("DELETE FROM idempotency_key WHERE taken_at < ?", at.toEpochMilli());
  }

  private @Nullable Used find(String key) {
    var sql =
        "SELECT fingerprint, first_at, taken_at, status, headers, body FROM idempotency_key"
            + " WHERE id = ?";
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(sql)) {
      select.setString(1, key);
      try (var row = select.executeQuery()) {
        if (!row.next()) return null;
        var status = row.getInt(4);
        return new Used(
            row.getString(1),
            Instant.ofEpochMilli(row.getLong(2)),
            Instant.ofEpochMilli(row.getLong(3)),
            status == 0 ? null : answer(status, row.getString(5), row.getString(6)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the idempotency keys cannot be read", e);
    }
  }

  private static Answer answer(int status, String headers, String body) {
    Map<String, String> read = new LinkedHashMap<>();
    try {
      Json.mapper()
          .readTree(headers)
          .properties()
          .forEach(header -> read.put(header.getKey(), header.getValue().asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return new Answer(status, Answer.JSON, new Content.Whole(ByteString.fromString(body)), read);
  }

  private int update(String sql, Object... arguments) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
      return statement.executeUpdate();
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("23")) return 0; // somebody was quicker
      throw new IllegalStateException("the idempotency keys cannot be written", e);
    }
  }
}
