package dev.muster.e2e.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tables that the journal's reader keeps, read with plain SQL.
///
/// @param told what the journal decides about each row, as [#folded] says it
/// @param whole every column of each row, by its table
public record Tables(Map<String, String> told, Map<String, List<String>> whole) {
  private static final String TOLD =
      """
      SELECT 'run ' || id, phase FROM run
      UNION ALL SELECT 'worker ' || run || '/' || id,
        phase || ', attempt ' || attempt || ' on ' || node FROM worker
      UNION ALL SELECT 'approval ' || gate || '/' || id, state FROM approval
      """;

  private static final Map<String, String> WHOLE =
      Map.of(
          "run", "SELECT t::text FROM run t ORDER BY 1",
          "worker", "SELECT t::text FROM worker t ORDER BY 1",
          "approval", "SELECT t::text FROM approval t ORDER BY 1");

  public Tables {
    told = Map.copyOf(told);
    whole = Map.copyOf(whole);
  }

  public static Tables of(Connection connection) throws SQLException {
    Map<String, String> told = new LinkedHashMap<>();
    Map<String, List<String>> whole = new LinkedHashMap<>();
    try (var statement = connection.createStatement()) {
      try (var found = statement.executeQuery(TOLD)) {
        while (found.next()) told.put(found.getString(1), found.getString(2));
      }
      for (var query : WHOLE.entrySet()) {
        var rows = new ArrayList<String>();
        try (var found = statement.executeQuery(query.getValue())) {
          while (found.next()) rows.add(found.getString(1));
        }
        whole.put(query.getKey(), List.copyOf(rows));
      }
    }
    return new Tables(told, whole);
  }

  /// What is lost, stale, or more than the journal of runs that have ended says.
  public List<String> notAs(Rows journal) {
    var expected = folded(journal);
    var wrong = new ArrayList<String>();
    expected.forEach((row, says) -> {
      var found = told.getOrDefault(row, "nothing");
      if (!found.equals(says)) {
        wrong.add("%s: the journal says %s, the table %s".formatted(row, says, found));
      }
    });
    for (var row : told.keySet()) {
      if (!expected.containsKey(row)) wrong.add(row + ": the journal knows nothing of it");
    }
    return wrong;
  }

  /// Where two readings of the tables differ, in any column.
  public List<String> notAs(Tables other) {
    var wrong = new ArrayList<String>();
    whole.forEach((table, rows) -> {
      var others = other.whole.getOrDefault(table, List.of());
      if (rows.size() != others.size()) {
        wrong.add("%s: %d rows, then %d".formatted(table, rows.size(), others.size()));
      }
      for (var i = 0; i < Math.min(rows.size(), others.size()); i++) {
        if (!rows.get(i).equals(others.get(i))) {
          wrong.add("%s: %s, then %s".formatted(table, rows.get(i), others.get(i)));
        }
      }
    });
    return wrong;
  }

  /// A fold of its own: nothing of Muster takes part in it.
  static Map<String, String> folded(Rows journal) {
    Map<String, String> folded = new TreeMap<>();
    var workers = journal.ofKind("Worker");
    journal
        .ofKind("Run")
        .forEach((run, own) -> {
          for (var row : own) {
            if (row.is("RunFinished")) folded.put("run " + run, row.text("phase"));
          }
          Workers.settled(own)
              .forEach((worker, phases) -> {
                var id = run + "/" + worker;
                var attempt = lastAttempt(workers.getOrDefault(id, List.of()));
                folded.put("worker " + id, phases.getLast() + attempt);
              });
        });
    journal.ofKind("Gate").forEach((gate, own) -> approvals(gate, own, folded));
    return folded;
  }

  private static String lastAttempt(List<Row> own) {
    var last = ", attempt 0 on ";
    for (var row : own) {
      if (row.is("AttemptStarted")) {
        last = ", attempt %d on %s".formatted(row.number("attempt"), row.text("node"));
      }
    }
    return last;
  }

  private static void approvals(String gate, List<Row> own, Map<String, String> folded) {
    for (var row : own) {
      var id = "approval " + gate + "/" + row.text("approval");
      if (row.is("ApprovalRequested")) folded.put(id, "PENDING");
      if (row.is("ApprovalDecided")) folded.put(id, row.text("decision"));
    }
  }
}
