package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs that have a tag. Their ids come from the index of tags, at most 1,000 for one page, and
/// never from looking through all runs; whatever else is wanted is looked for among those.
record TaggedRuns(Rows<JournalException> rows, TablePages<RunProjection> runs) {
  static final String COLUMN = "tag";

  private static final int LOOKED_AT_MAX = 1_000;

  static Condition having(String tag) {
    return Condition.fixed(COLUMN, Tags.key(tag));
  }

  static boolean isAsked(Selection selection) {
    return selection.conditions().stream().anyMatch(TaggedRuns::isTag);
  }

  private static boolean isTag(Condition condition) {
    return COLUMN.equals(condition.fixed());
  }

  static void insert(Connection connection, RunProjection run) throws SQLException {
    var tags = Tags.found(run.settings().tags());
    if (tags.isEmpty()) return;
    Sql.batch(
        connection,
        "INSERT INTO run_tag (tag, run) VALUES (?, ?)",
        tags.stream().map(tag -> List.of(tag, run.run())));
  }

  /// Those of it that are there and those that shall be are few.
  static void replace(Connection connection, RunProjection run) throws SQLException {
    Sql.update(connection, "DELETE FROM run_tag WHERE run = ?", List.of(run.run()));
    insert(connection, run);
  }

  Piece<RunProjection> page(Selection selection) {
    var tags = selection.conditions().stream().filter(TaggedRuns::isTag).toList();
    var inOrder = selection.sort().equals("id");
    var ids = ids(selection, tags, inOrder);
    if (ids.isEmpty()) return new Piece<>(List.of(), null);
    var more = ids.size() > LOOKED_AT_MAX;
    if (more && !inOrder) throw new TooManyToSortException(Set.of("id"), LOOKED_AT_MAX);
    var looked = more ? ids.subList(0, LOOKED_AT_MAX) : ids;
    var rest = new ArrayList<Condition>();
    rest.add(Condition.ids(looked));
    selection.conditions().stream().filter(it -> !isTag(it)).forEach(rest::add);
    var found = runs.page(selection.with(rest)).items();
    var last = looked.getLast();
    return new Piece<>(
        found, more && found.size() < selection.limit() ? new After(last, last) : null);
  }

  /// One more than are looked at, in the order of ids where that is the order wanted.
  private List<String> ids(Selection selection, List<Condition> tags, boolean inOrder) {
    var sql = new StringBuilder("SELECT run FROM run_tag WHERE tag = ?");
    var arguments = new ArrayList<Object>(tags.getFirst().arguments());
    for (var also : tags.subList(1, tags.size())) {
      sql.append(" AND EXISTS (SELECT 1 FROM run_tag o WHERE o.tag = ? AND o.run = run_tag.run)");
      arguments.addAll(also.arguments());
    }
    var direction = selection.descending() ? " DESC" : "";
    var after = selection.after();
    if (inOrder && after != null) {
      sql.append(selection.descending() ? " AND run < ?" : " AND run > ?");
      arguments.add(after.id());
    }
    sql.append(" ORDER BY tag").append(direction).append(", run").append(direction);
    sql.append(" LIMIT ").append(LOOKED_AT_MAX + 1);
    return rows.all(sql.toString(), row -> row.getString(1), arguments.toArray());
  }
}
