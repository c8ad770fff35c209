package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads pages of one table. A page begins where the one before has ended, by value and id, and so
/// by an index: it costs the same however far behind it lies.
///
/// @param columns that the mapper reads
/// @param indexes the columns of each index before `id`
record TablePages<T>(
    Rows<JournalException> rows,
    String table,
    String columns,
    Sql.Mapper<T> mapper,
    List<List<String>> indexes) {
  static TablePages<RunProjection> runs(DataSource database) {
    return new TablePages<>(
        rows(database, "run"),
        "run",
        "state, more",
        RunRow::read,
        List.of(List.of("phase"), List.of("workforce"), List.of("started_at")));
  }

  static TablePages<WorkerProjection> workers(DataSource database) {
    return new TablePages<>(
        rows(database, "worker"),
        "worker",
        "state, more",
        WorkerRow::read,
        List.of(
            List.of("run"),
            List.of("run", "wave"),
            List.of("run", "phase", "wave"),
            List.of("run", "started_at"),
            List.of("run", "settled_at")));
  }

  static TablePages<ApprovalRow> approvals(DataSource database) {
    return new TablePages<>(
        rows(database, "approval"),
        "approval",
        "asked, told, more",
        ApprovalRow::read,
        List.of(
            List.of("gate"),
            List.of("gate", "requested_at"),
            List.of("state", "requested_at"),
            List.of("requested_at")));
  }

  private static Rows<JournalException> rows(DataSource database, String table) {
    return JournalException.rows(database, "the table " + table);
  }

  /// @param sql a whole statement
  record Question(String sql, List<Object> arguments) {}

  List<Found<T>> page(Selection selection) {
    return rows.read(connection -> {
      var found = new ArrayList<Found<T>>();
      for (var question : questions(selection)) {
        if (found.size() >= selection.limit()) break;
        found.addAll(Sql.all(connection, question.sql(), this::found, question.arguments()));
      }
      return found.subList(0, Math.min(found.size(), selection.limit()));
    });
  }

  private @Nullable Found<T> found(ResultSet row) throws SQLException {
    var item = mapper.map(row);
    return item == null ? null : new Found<>(new After(row.getObject(1), row.getString(2)), item);
  }

  /// To be asked one after the other until there is enough. What lies behind the same value is one
  /// question and what lies behind that value another: each goes by one index, and no database is
  /// sure to see that in a single one.
  List<Question> questions(Selection selection) {
    var after = selection.after();
    if (after == null) return List.of(question(selection, List.of()));
    var beyond = selection.descending() ? " < ?" : " > ?";
    var behind = Condition.of("id" + beyond, after.id());
    if (selection.sort().equals("id")) return List.of(question(selection, List.of(behind)));
    var tie = Condition.of(selection.sort() + " = ?", after.value());
    var rest = beyond(selection, after.value());
    return List.of(question(selection, List.of(tie, behind)), question(selection, List.of(rest)));
  }

  /// H2 begins at the value itself and steps over all that have it, so of whole numbers the next is
  /// where it begins.
  private static Condition beyond(Selection selection, Object value) {
    if (value instanceof Number number) {
      return selection.descending()
          ? Condition.of(selection.sort() + " <= ?", number.longValue() - 1)
          : Condition.of(selection.sort() + " >= ?", number.longValue() + 1);
    }
    return Condition.of(selection.sort() + (selection.descending() ? " < ?" : " > ?"), value);
  }

  private Question question(Selection selection, List<Condition> further) {
    var conditions = new ArrayList<>(selection.conditions());
    conditions.addAll(further);
    var where =
        conditions.stream().map(it -> "(" + it.sql() + ")").collect(Collectors.joining(" AND "));
    return new Question(
        "SELECT %s, id, %s FROM %s%s ORDER BY %s LIMIT %d"
            .formatted(
                selection.sort(),
                columns,
                table,
                where.isEmpty() ? "" : " WHERE " + where,
                order(selection),
                selection.limit()),
        conditions.stream().flatMap(it -> it.arguments().stream()).toList());
  }

  /// With the columns of an index that have one value only, or H2 does not see that the index is in
  /// that order already.
  private String order(Selection selection) {
    var fixed = new HashSet<String>();
    for (var condition : selection.conditions()) {
      if (condition.fixed() != null) fixed.add(condition.fixed());
    }
    var index =
        indexes.stream()
            .filter(columns -> isInOrder(columns, selection.sort(), fixed))
            .max(Comparator.comparingInt(List::size));
    var columns = new LinkedHashSet<>(index.orElse(List.of()));
    columns.add(selection.sort());
    columns.add("id");
    var direction = selection.descending() ? " DESC" : "";
    return columns.stream().map(it -> it + direction).collect(Collectors.joining(", "));
  }

  private static boolean isInOrder(List<String> columns, String sort, Set<String> fixed) {
    if (sort.equals("id")) return fixed.containsAll(columns);
    var leading = columns.subList(0, columns.size() - 1);
    return columns.getLast().equals(sort) && fixed.containsAll(leading);
  }
}
