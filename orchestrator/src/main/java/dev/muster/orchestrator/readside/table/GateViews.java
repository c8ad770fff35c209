package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.journal.tail.Tail;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.protocol.view.Approval;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Approvals of all gates as the tables have them, with the same promise as [RunViews].
public final class GateViews {
  private static final int IDS_PER_QUERY = 200;

  private final Rows<JournalException> rows;
  private final Tail tail;
  private final TablePages<ApprovalRow> approvals;

  public GateViews(DataSource database, Tail tail) {
    this.rows = JournalException.rows(database, "the approvals");
    this.tail = tail;
    this.approvals = TablePages.approvals(database);
  }

  /// In the order they were asked for; empty for a gate that was never asked.
  ///
  /// @param gate a run's id, or `outside`
  public List<Approval> of(String gate) {
    return asked(
        "SELECT asked, told, more FROM approval WHERE gate = ? ORDER BY asked", List.of(gate));
  }

  public @Nullable Approval find(String gate, String approval) {
    var found = find(gate, List.of(approval));
    return found.isEmpty() ? null : found.getFirst();
  }

  /// Those of these that there are.
  public List<Approval> find(String gate, List<String> approvals) {
    var all = new ArrayList<Approval>();
    for (var from = 0; from < approvals.size(); from += IDS_PER_QUERY) {
      var ids = approvals.subList(from, Math.min(approvals.size(), from + IDS_PER_QUERY));
      all.addAll(
          asked(connection ->
              Sql.all(
                  connection,
                  Sql.byKey(connection, "asked, told, more", "approval", "gate", "id", ids.size()),
                  ApprovalRow::read,
                  Sql.keys(connection, gate, ids))));
    }
    return all;
  }

  /// Whether somebody is still asked for one of these at this gate.
  ///
  /// @param workers who asks
  public boolean awaits(String gate, List<String> workers) {
    var waiting =
        asked(
            "SELECT asked, told, more FROM approval WHERE gate = ? AND state = 'PENDING'",
            List.of(gate));
    return waiting.stream().map(Approval::worker).anyMatch(workers::contains);
  }

  public Piece<Approval> page(Selection selection) {
    tail.catchUp(RunsReader.NAME);
    return approvals.page(selection).map(found -> Approval.of(found.view()));
  }

  /// Of the gates of one workforce.
  public static Condition ofWorkforce(String workforce) {
    return Condition.of(
        "EXISTS (SELECT 1 FROM run WHERE run.id = approval.gate AND run.workforce = ?)", workforce);
  }

  private List<Approval> asked(String sql, List<?> arguments) {
    return asked(connection -> Sql.all(connection, sql, ApprovalRow::read, arguments));
  }

  private List<Approval> asked(Sql.Work<List<ApprovalRow>, JournalException> question) {
    tail.catchUp(RunsReader.NAME);
    return rows.read(question).stream().map(row -> Approval.of(row.view())).toList();
  }
}
