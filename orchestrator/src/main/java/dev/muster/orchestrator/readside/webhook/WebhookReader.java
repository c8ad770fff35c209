package dev.muster.orchestrator.readside.webhook;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.TailReader;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.view.ReaderStanding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills the outbox. What is older than an hour when it is read is no news: a journal that was
/// there before the webhook is not told again.
public final class WebhookReader implements TailReader {
  /// What waits for one of them beyond it is left out, with a line in the log.
  static final int WAITING_MAX = 10_000;

  private static final Duration NEWS = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(WebhookReader.class);

  private final List<WebhookTarget> targets;
  private final InstantSource clock;

  public WebhookReader(List<WebhookTarget> targets, InstantSource clock) {
    this.targets = List.copyOf(targets);
    this.clock = clock;
  }

  @Override
  public String name() {
    return ReaderStanding.WEBHOOK;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void apply(Connection connection, List<JournalRow> rows) throws SQLException {
    var now = clock.instant();
    var bodies = new ArrayList<Told>();
    for (var row : rows) {
      if (row.event().at().isBefore(now.minus(NEWS))) continue;
      var body = WebhookMessage.of(row);
      if (body != null) bodies.add(new Told(row, EventNames.nameOf(row.event()), body));
    }
    if (bodies.isEmpty()) return;
    for (var target : targets) {
      fill(
          connection,
          target.name(),
          bodies.stream().filter(it -> target.wants(it.kind())).toList());
    }
  }

  private record Told(JournalRow row, String kind, String body) {}

  private void fill(Connection connection, String target, List<Told> wanted) throws SQLException {
    if (wanted.isEmpty()) return;
    var room = Math.max(0, WAITING_MAX - waiting(connection, target));
    var now = clock.millis();
    Sql.batch(
        connection,
        "INSERT INTO webhook_delivery (target, seq, run, body, due_at, tries, since)"
            + " SELECT ?, ?, ?, ?, ?, 0, ? WHERE NOT EXISTS"
            + " (SELECT 1 FROM webhook_delivery WHERE target = ? AND seq = ?)",
        wanted.stream()
            .limit(room)
            .map(it ->
                List.of(
                    target,
                    it.row().seq(),
                    it.row().origin().run(),
                    it.body(),
                    now,
                    now,
                    target,
                    it.row().seq())));
    if (wanted.size() > room) {
      LOG.warn(
          "the webhook {} is {} events behind: {} are left out",
          target,
          WAITING_MAX,
          wanted.size() - room);
    }
  }

  private static int waiting(Connection connection, String target) throws SQLException {
    var count =
        Sql.one(
            connection,
            "SELECT COUNT(*) FROM webhook_delivery WHERE target = ?",
            row -> row.getInt(1),
            List.of(target));
    return count == null ? 0 : count;
  }

  /// What waits still waits. Of what was told already, what is news is told again.
  @Override
  public void clear(Connection connection) {}
}
