package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.table.StateText.cut;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.view.Approval;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The table `approval`.
///
/// @param asked where in the journal it was asked for: the order within a gate
record ApprovalRow(long asked, ApprovalView view) {
  private static final String UPDATE =
      "UPDATE approval SET asked = ?, worker = ?, kind = ?, risk = ?, state = ?,"
          + " may_have_run = ?, requested_at = ?, deadline = ?, words = ?, told = ?, more = ?"
          + " WHERE gate = ? AND id = ?";
  private static final String INSERT =
      "INSERT INTO approval (asked, worker, kind, risk, state, may_have_run, requested_at,"
          + " deadline, words, told, more, gate, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?)";

  static ApprovalRow read(ResultSet row) throws SQLException {
    var told = new StateText(row.getString("told"), row.getString("more"));
    return new ApprovalRow(row.getLong("asked"), told.as(ApprovalView.class));
  }

  static @Nullable ApprovalRow find(Connection connection, String gate, String id)
      throws SQLException {
    return Sql.one(
        connection,
        "SELECT asked, told, more FROM approval WHERE gate = ? AND id = ?",
        ApprovalRow::read,
        List.of(gate, id));
  }

  ApprovalRow with(ApprovalView changed) {
    return new ApprovalRow(asked, changed);
  }

  String gate() {
    var run = view.run();
    return run == null ? ApprovalCommand.OUTSIDE : run;
  }

  void insert(Connection connection) throws SQLException {
    Sql.update(connection, INSERT, columns());
  }

  void update(Connection connection) throws SQLException {
    Sql.update(connection, UPDATE, columns());
  }

  private List<@Nullable Object> columns() {
    var shown = Approval.of(view);
    var told = StateText.of(view);
    return Arrays.<@Nullable Object>asList(
        asked,
        cut(shown.worker(), 255),
        cut(shown.kind(), 100),
        shown.risk().name(),
        shown.state().name(),
        shown.mayHaveRun(),
        shown.requestedAt().toEpochMilli(),
        shown.deadline().toEpochMilli(),
        cut(words(shown), 10_000),
        told.text(),
        told.more(),
        gate(),
        shown.id());
  }

  private static String words(Approval it) {
    return (it.id() + " " + it.worker() + " " + it.consequence()).toLowerCase(Locale.ROOT);
  }
}
