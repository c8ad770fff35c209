package dev.muster.orchestrator.readside;

import dev.muster.orchestrator.journal.JournalException;
import dev.muster.orchestrator.journal.Sql;
import dev.muster.orchestrator.readside.Selection.After;
import dev.muster.orchestrator.readside.Selection.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads pages of one table. A page begins where the one before has ended, by value and id, and so
/// by an index: it costs the same however far behind it lies.
///
/// @param columns that the mapper reads
record TablePages<T>(DataSource database, String table, String columns, Sql.Mapper<T> mapper) {
  /// @param sql a whole statement
  record Question(String sql, List<Object> arguments) {}

  List<Found<T>> page(Selection selection) {
    try (var connection = database.getConnection()) {
      var found = new ArrayList<Found<T>>();
      for (var question : questions(selection)) {
        if (found.size() >= selection.limit()) break;
        found.addAll(Sql.all(connection, question.sql(), this::found, question.arguments()));
      }
      return found.subList(0, Math.min(found.size(), selection.limit()));
    } catch (SQLException e) {
      throw new JournalException("the table " + table + " cannot be read: " + e.getMessage(), e);
    }
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
    var rest = Condition.of(selection.sort() + beyond, after.value());
    return List.of(question(selection, List.of(tie, behind)), question(selection, List.of(rest)));
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

  /// With what has one value only, or H2 does not see that an index is in that order already.
  private static String order(Selection selection) {
    var columns = new LinkedHashSet<String>();
    for (var condition : selection.conditions()) {
      if (condition.fixed() != null) columns.add(condition.fixed());
    }
    columns.add(selection.sort());
    columns.add("id");
    var direction = selection.descending() ? " DESC" : "";
    return columns.stream().map(it -> it + direction).collect(Collectors.joining(", "));
  }
}
