package dev.muster.e2e.chaos;

import dev.muster.e2e.check.Rows;
import dev.muster.e2e.check.Tables;
import dev.muster.e2e.rig.Rig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// Whether the journal's reader, killed, moved and rebuilt as the nodes were, has left tables that
/// say what the journal says, and would write the very same rows again.
final class ReaderCheck {
  static final String READER = "runs";

  /// For what is behind when the last run ends.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long LOOK_EVERY_MILLIS = 500;
  private static final long QUIET_MILLIS = 2_000;

  private final Rig rig;

  ReaderCheck(Rig rig) {
    this.rig = rig;
  }

  /// All that is wrong; empty when nothing is.
  List<String> wrong() throws Exception {
    var wrong = untilNothing(() -> tables().notAs(rows()));
    if (!wrong.isEmpty()) return wrong;
    while (true) {
      var last = quiet();
      var kept = tables();
      rig.operator().rebuild(READER);
      wrong = untilNothing(() -> kept.notAs(tables()));
      if (wrong.isEmpty() || last == lastEvent()) return wrong;
    }
  }

  /// Waits until the reader has taken in all events and no further comes: a run that has finished
  /// writes its results after that, once more when its orchestrator died meanwhile.
  ///
  /// @return the last event's number
  private long quiet() throws Exception {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var last = lastEvent();
      Thread.sleep(QUIET_MILLIS);
      if (last == lastEvent() && behind() == 0) return last;
      if (System.nanoTime() > until) {
        throw new AssertionError("the reader is still %d behind".formatted(behind()));
      }
    }
  }

  private long behind() {
    var readers = rig.operator().get("/readers");
    for (var reader : readers.body().path("items")) {
      if (reader.path("reader").asText().equals(READER)) return reader.path("behind").asLong();
    }
    throw new AssertionError("no reader of this name: " + readers);
  }

  private long lastEvent() throws SQLException {
    try (var connection = rig.postgres().connect();
        var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT max(ordering) FROM event_journal")) {
      found.next();
      return found.getLong(1);
    }
  }

  private static List<String> untilNothing(Callable<List<String>> look) throws Exception {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var wrong = look.call();
      if (wrong.isEmpty() || System.nanoTime() > until) return wrong;
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private Tables tables() throws SQLException {
    try (var connection = rig.postgres().connect()) {
      return Tables.of(connection);
    }
  }

  private Rows rows() throws SQLException {
    try (var connection = rig.postgres().connect()) {
      return Rows.of(connection);
    }
  }
}
