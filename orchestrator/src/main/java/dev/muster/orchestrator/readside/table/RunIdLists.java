package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.tail.JournalException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// Ids of runs, for whoever needs no more of them.
record RunIdLists(Rows<JournalException> tables) {
  List<String> unfinished() {
    return ids(
        "SELECT id FROM run WHERE phase IN ('RUNNING', 'HELD', 'PAUSED', 'DAMAGED') ORDER BY id");
  }

  List<String> newest(int limit) {
    return ids("SELECT id FROM run ORDER BY id DESC LIMIT " + limit);
  }

  Collection<String> newestAndUnfinished(int each) {
    var all = new LinkedHashSet<>(newest(each));
    var unfinished = new ArrayList<String>();
    // One by one, since each goes by an index.
    for (var phase : List.of("RUNNING", "HELD", "PAUSED")) unfinished.addAll(newest(phase, each));
    unfinished.stream().sorted(Comparator.reverseOrder()).limit(each).forEach(all::add);
    return all;
  }

  private List<String> newest(String phase, int limit) {
    return ids(
        "SELECT id FROM run WHERE phase = '%s' ORDER BY phase DESC, id DESC LIMIT %d"
            .formatted(phase, limit));
  }

  private List<String> ids(String sql) {
    return tables.all(sql, row -> row.getString(1));
  }
}
