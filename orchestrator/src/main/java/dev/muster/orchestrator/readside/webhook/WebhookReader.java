package dev.muster.orchestrator.readside.webhook;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.TailReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills the outbox. What is older than an hour when it is read is no news: a journal that was
/// there before the webhook is not told again.
public final class WebhookReader implements TailReader {
  /// What waits beyond it is left out, with a line in the log.
  static final int WAITING_MAX = 10_000;

  private static final Duration NEWS = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(WebhookReader.class);

  private final InstantSource clock;

  public WebhookReader(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void apply(Connection connection, List<JournalRow> rows) throws SQLException {
    var now = clock.instant();
    var room = -1;
    var leftOut = 0;
    for (var row : rows) {
      if (row.event().at().isBefore(now.minus(NEWS))) continue;
      var body = WebhookMessage.of(row);
      if (body == null) continue;
      if (room < 0) room = Math.max(0, WAITING_MAX - waiting(connection));
      if (room == 0) {
        leftOut++;
        continue;
      }
      room--;
      Sql.update(
          connection,
          "INSERT INTO webhook_delivery (seq, run, body, due_at, tries, since) VALUES (?, ?, ?, ?,"
              + " 0, ?)",
          List.of(row.seq(), row.origin().run(), body, now.toEpochMilli(), now.toEpochMilli()));
    }
    if (leftOut > 0) {
      LOG.warn("the webhook is {} events behind: {} are left out", WAITING_MAX, leftOut);
    }
  }

  private static int waiting(Connection connection) throws SQLException {
    var count =
        Sql.one(
            connection, "SELECT COUNT(*) FROM webhook_delivery", row -> row.getInt(1), List.of());
    return count == null ? 0 : count;
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    Sql.update(connection, "DELETE FROM webhook_delivery", List.of());
  }
}
