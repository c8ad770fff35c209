package dev.muster.orchestrator.api.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Answer.Content;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.readside.view.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The table `idempotency_key`.
record IdempotencyKeys(Rows<IllegalStateException> rows) {
  IdempotencyKeys(DataSource database) {
    this(Rows.of(database, "the idempotency keys"));
  }

  /// @param firstAt when the key was first used, `at` when it was last taken over
  record Used(String fingerprint, Instant firstAt, Instant at, @Nullable Answer answer) {}

  /// Null when the key was free and is now taken.
  @Nullable Used claim(String key, String fingerprint, Instant now) {
    var free =
        rows.insert(
            "INSERT INTO idempotency_key (id, fingerprint, first_at, taken_at)"
                + " SELECT ?, ?, ?, ? WHERE NOT EXISTS"
                + " (SELECT 1 FROM idempotency_key WHERE id = ?)",
            key,
            fingerprint,
            now.toEpochMilli(),
            now.toEpochMilli(),
            key);
    return free ? null : find(key);
  }

  void take(String key, Instant was, Instant now) {
    var mine =
        rows.update(
            "UPDATE idempotency_key SET taken_at = ? WHERE id = ? AND taken_at = ?",
            now.toEpochMilli(),
            key,
            was.toEpochMilli());
    if (mine == 0) throw ProblemException.of(409, "still-working", "another caller was quicker");
  }

  /// As if it had been taken then.
  void release(String key, Instant then) {
    rows.update(
        "UPDATE idempotency_key SET taken_at = ? WHERE id = ? AND status IS NULL",
        then.toEpochMilli(),
        key);
  }

  /// Its request is still under way.
  void renew(String key, Instant now) {
    rows.update(
        "UPDATE idempotency_key SET taken_at = ? WHERE id = ? AND status IS NULL",
        now.toEpochMilli(),
        key);
  }

  void remember(String key, Answer answer) {
    if (!(answer.content() instanceof Content.Whole(var bytes))) return;
    rows.update(
        "UPDATE idempotency_key SET status = ?, headers = ?, body = ? WHERE id = ?",
        answer.status(),
        Json.text(answer.headers()),
        bytes.utf8String(),
        key);
  }

  void forget(String key) {
    rows.update("DELETE FROM idempotency_key WHERE id = ?", key);
  }

  void forgetBefore(Instant at) {
    rows.update("DELETE FROM idempotency_key WHERE taken_at < ?", at.toEpochMilli());
  }

  private @Nullable Used find(String key) {
    return rows.one(
        "SELECT fingerprint, first_at, taken_at, status, headers, body FROM idempotency_key"
            + " WHERE id = ?",
        IdempotencyKeys::used,
        key);
  }

  private static Used used(ResultSet row) throws SQLException {
    var status = row.getInt(4);
    return new Used(
        row.getString(1),
        Instant.ofEpochMilli(row.getLong(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        status == 0 ? null : answer(status, row.getString(5), row.getString(6)));
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
}
