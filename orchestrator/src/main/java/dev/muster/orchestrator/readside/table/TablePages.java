package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads pages of one table. A page begins where the one before has ended, by value and id, and so
/// by an index: it costs the same however far behind it lies. Whatever is wanted, no more than
/// 1,000 rows are looked at for it: a page that is still not full then says where to go on, and
/// what has no index is sorted only where no more are to be sorted.
///
/// @param columns that the mapper reads
/// @param lookedAtMax so many rows
record TablePages<T>(
    Rows<JournalException> rows,
    String table,
    String columns,
    Sql.Mapper<T> mapper,
    TableIndexes indexes,
    int lookedAtMax) {
  private static final int LOOKED_AT_MAX = 1_000;

  static TablePages<RunProjection> runs(DataSource database) {
    return new TablePages<>(
        rows(database, "run"),
        "run",
        RunRow.COLUMNS,
        RunRow::read,
        new TableIndexes(
            List.of(List.of(), List.of("phase"), List.of("workforce"), List.of("started_at"))),
        LOOKED_AT_MAX);
  }

  static TablePages<WorkerProjection> workers(DataSource database) {
    return new TablePages<>(
        rows(database, "worker"),
        "worker",
        "state, more",
        WorkerRow::read,
        new TableIndexes(
            List.of(
                List.of("run"),
                List.of("run", "wave"),
                List.of("run", "phase", "wave"),
                List.of("run", "parent", "wave"),
                List.of("run", "started_at"),
                List.of("run", "settled_at"))),
        LOOKED_AT_MAX);
  }

  static TablePages<ApprovalRow> approvals(DataSource database) {
    return new TablePages<>(
        rows(database, "approval"),
        "approval",
        "asked, told, more",
        ApprovalRow::read,
        new TableIndexes(
            List.of(
                List.of("gate"),
                List.of("gate", "requested_at"),
                List.of("gate", "state", "requested_at"),
                List.of("state", "requested_at"),
                List.of("requested_at"))),
        LOOKED_AT_MAX);
  }

  TablePages<T> lookingAt(int rowsMax) {
    return new TablePages<>(rows, table, columns, mapper, indexes, rowsMax);
  }

  private static Rows<JournalException> rows(DataSource database, String table) {
    return JournalException.rows(database, "the table " + table);
  }

  /// @param sql a whole statement
  record Question(String sql, List<Object> arguments) {}

  Piece<T> page(Selection selection) {
    return page(selection, _ -> {});
  }

  /// @param asked hears of each question
  Piece<T> page(Selection selection, Consumer<Question> asked) {
    return rows.read(connection -> new Reading(connection, byKey(selection), asked).read());
  }

  /// H2 goes through all rows of the first column of a key unless it is told both at once.
  private Selection byKey(Selection selection) {
    var key = indexes.all().getFirst();
    if (key.isEmpty() || !selection.isByIds()) return selection;
    var first = key.getFirst();
    return selection.conditions().stream()
        .filter(it -> first.equals(it.fixed()))
        .findFirst()
        .map(of -> byKey(selection, of))
        .orElse(selection);
  }

  private static Selection byKey(Selection selection, Condition of) {
    var value = of.arguments().getFirst();
    var column = String.valueOf(of.fixed());
    return selection.with(
        selection.conditions().stream()
            .filter(it -> !it.equals(of))
            .map(it -> it.isByIds() ? withKey(column, value, it) : it)
            .toList());
  }

  private static Condition withKey(String column, Object value, Condition ids) {
    var pairs = Collections.nCopies(ids.arguments().size(), "(?, ?)");
    var sql = "(%s, id) IN (%s)".formatted(column, String.join(", ", pairs));
    return Condition.bounding(
        "id", sql, ids.arguments().stream().flatMap(id -> Stream.of(value, id)).toList());
  }

  private final class Reading {
    private final Connection connection;
    private final Selection selection;
    private final Consumer<Question> asked;
    private final @Nullable List<String> index;
    private final List<Condition> indexed = new ArrayList<>();
    private final List<Found<T>> found = new ArrayList<>();

    Reading(Connection connection, Selection selection, Consumer<Question> asked) {
      this.connection = connection;
      this.selection = selection;
      this.asked = asked;
      this.index = indexes.inOrder(selection);
      for (var it : selection.conditions()) if (isIndexed(it)) indexed.add(it);
    }

    private boolean isIndexed(Condition condition) {
      if (index == null) return false;
      return condition.fixed() != null
          ? index.contains(condition.fixed())
          : selection.sort().equals(condition.bounds());
    }

    Piece<T> read() throws SQLException {
      var byIds = selection.isByIds();
      var bounded = !byIds && index != null && indexed.size() < selection.conditions().size();
      if (index == null && !byIds) refuseMany();
      for (var cut : Cut.of(selection)) {
        if (isFull()) break;
        var last = bounded ? lastLookedAt(cut) : null;
        for (var part : last == null ? List.of(cut.from()) : cut.upTo(last)) {
          if (isFull()) break;
          found.addAll(all(bounded ? rowsOf(part) : rows(part), TablePages.this::found));
        }
        if (last != null && !isFull()) return new Piece<>(found, last);
      }
      return new Piece<>(found.subList(0, Math.min(found.size(), selection.limit())), null);
    }

    private Question rows(List<Condition> part) {
      var what = selection.sort() + ", id, " + columns;
      var one = question(what, selection.conditions(), part);
      return new Question(one.sql() + " LIMIT " + selection.limit(), one.arguments());
    }

    /// What has no index is held against rows that an index has found. PostgreSQL knows nothing of
    /// how ids and runs go together, and would go through the whole table sooner than through a
    /// thousand rows of one run; where no more than so many are wanted in its order, it takes the
    /// index. The limit is one that is not reached.
    private Question rowsOf(List<Condition> part) {
      var looked = question("*", indexed, part);
      var rest = selection.conditions().stream().filter(it -> !indexed.contains(it)).toList();
      var sql =
          "SELECT %s, id, %s FROM (%s LIMIT %d) %s%s ORDER BY %s LIMIT %d"
              .formatted(
                  selection.sort(),
                  columns,
                  looked.sql(),
                  2 * lookedAtMax,
                  table,
                  where(rest),
                  order(),
                  selection.limit());
      var all = new ArrayList<>(looked.arguments());
      all.addAll(arguments(rest));
      return new Question(sql, all);
    }

    private boolean isFull() {
      return found.size() >= selection.limit();
    }

    private void refuseMany() throws SQLException {
      var narrow = indexes.narrowest(selection);
      var conditions =
          selection.conditions().stream().filter(it -> narrow.contains(it.fixed())).toList();
      var order = new ArrayList<>(narrow);
      order.add("id");
      var one =
          "SELECT id FROM %s%s ORDER BY %s LIMIT 1 OFFSET %d"
              .formatted(table, where(conditions), String.join(", ", order), lookedAtMax);
      if (!all(new Question(one, arguments(conditions)), row -> row.getString(1)).isEmpty()) {
        throw new TooManyToSortException(indexes.sorts(selection), lookedAtMax);
      }
    }

    /// Null when there are not that many.
    private @Nullable After lastLookedAt(Cut cut) throws SQLException {
      var one = question(selection.sort() + ", id", indexed, cut.from());
      var sql = one.sql() + " LIMIT 1 OFFSET " + (lookedAtMax - 1);
      var last =
          all(
              new Question(sql, one.arguments()),
              row -> new After(row.getObject(1), row.getString(2)));
      return last.isEmpty() ? null : last.getFirst();
    }

    private <U> List<U> all(Question question, Sql.Mapper<U> how) throws SQLException {
      asked.accept(question);
      return Sql.all(connection, question.sql(), how, question.arguments());
    }

    private Question question(String what, List<Condition> conditions, List<Condition> further) {
      var all = new ArrayList<>(conditions);
      all.addAll(further);
      return new Question(
          "SELECT %s FROM %s%s ORDER BY %s".formatted(what, table, where(all), order()),
          arguments(all));
    }

    /// With the columns of an index that have one value only, or H2 does not see that the index is
    /// in that order already.
    private String order() {
      var order = new LinkedHashSet<>(index == null ? List.<String>of() : index);
      order.add(selection.sort());
      order.add("id");
      var direction = selection.descending() ? " DESC" : "";
      return order.stream().map(it -> it + direction).collect(Collectors.joining(", "));
    }
  }

  private static String where(List<Condition> conditions) {
    var all =
        conditions.stream().map(it -> "(" + it.sql() + ")").collect(Collectors.joining(" AND "));
    return all.isEmpty() ? "" : " WHERE " + all;
  }

  private static List<Object> arguments(List<Condition> conditions) {
    return conditions.stream().flatMap(it -> it.arguments().stream()).toList();
  }

  private @Nullable Found<T> found(ResultSet row) throws SQLException {
    var item = mapper.map(row);
    return item == null ? null : new Found<>(new After(row.getObject(1), row.getString(2)), item);
  }
}
