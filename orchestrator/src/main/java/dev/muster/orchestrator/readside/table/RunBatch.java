package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows that a batch of events changes: each is read at most once, and written once at the end,
/// however many events concern it. So many are changed in memory at most; then they are written.
final class RunBatch {
  private static final int WORKERS_MAX = 5_000;
  private static final int IDS_PER_QUERY = 200;

  private final Connection connection;
  private final RowMemory memory;
  private final Map<String, @Nullable RunProjection> runs = new HashMap<>();
  private final Map<String, Map<String, WorkerProjection>> workers = new LinkedHashMap<>();
  private final Map<String, ApprovalRow> approvals = new LinkedHashMap<>();
  private final Set<String> retagged = new HashSet<>();
  private int workersHeld;

  RunBatch(Connection connection, RowMemory memory) {
    this.connection = connection;
    this.memory = memory;
  }

  Connection connection() {
    return connection;
  }

  @Nullable RunProjection run(String id) throws SQLException {
    if (!runs.containsKey(id)) {
      var remembered = memory.run(id);
      runs.put(id, remembered == null ? RunRow.find(connection, id) : remembered);
    }
    return runs.get(id);
  }

  void insert(RunProjection run) throws SQLException {
    RunRow.insert(connection, run);
    runs.put(run.run(), run);
  }

  void retag(String run) {
    retagged.add(run);
  }

  void insert(String run, List<WorkerProjection> crew) throws SQLException {
    WorkerRow.insert(connection, run, crew);
  }

  /// In the row of somebody who has the same name.
  void replace(String run, WorkerProjection worker) {
    hold(workers.computeIfAbsent(run, _ -> new LinkedHashMap<>()), worker);
  }

  /// Reads those that are not in memory yet; a run may lack some of them.
  void need(String run, Collection<String> ids) throws SQLException {
    makeRoom(ids.size());
    var known = workers.computeIfAbsent(run, _ -> new LinkedHashMap<>());
    var missing = new LinkedHashSet<String>();
    for (var id : ids) {
      if (known.containsKey(id)) continue;
      var remembered = memory.worker(run, id);
      if (remembered == null) missing.add(id);
      else hold(known, remembered);
    }
    read(run, List.copyOf(missing), known);
  }

  private void read(String run, List<String> missing, Map<String, WorkerProjection> known)
      throws SQLException {
    for (var from = 0; from < missing.size(); from += IDS_PER_QUERY) {
      var some = missing.subList(from, Math.min(missing.size(), from + IDS_PER_QUERY));
      for (var worker : WorkerRow.find(connection, run, some)) {
        hold(known, worker);
      }
    }
  }

  private void hold(Map<String, WorkerProjection> known, WorkerProjection worker) {
    known.put(worker.planned().id(), worker);
    workersHeld++;
  }

  @Nullable WorkerProjection worker(String run, String id) throws SQLException {
    var held = held(run, id);
    if (held != null) return held;
    need(run, Set.of(id));
    return held(run, id);
  }

  private @Nullable WorkerProjection held(String run, String id) {
    var known = workers.get(run);
    return known == null ? null : known.get(id);
  }

  /// Ids of those that are enlisted or blocked, so many at a time.
  List<String> notBegun(String run, String after, int limit) throws SQLException {
    if (after.isEmpty()) writeWorkers();
    return Sql.all(
        connection,
        "SELECT id FROM worker WHERE run = ? AND id > ? AND phase IN ('ENLISTED', 'BLOCKED')"
            + " ORDER BY id LIMIT "
            + limit,
        row -> row.getString(1),
        List.of(run, after));
  }

  @Nullable ApprovalRow approval(String gate, String id) throws SQLException {
    var held = approvals.get(gate + '/' + id);
    return held == null ? ApprovalRow.find(connection, gate, id) : held;
  }

  void insert(ApprovalRow row) throws SQLException {
    if (approval(row.gate(), row.view().id()) == null) row.insert(connection);
    change(row);
  }

  void change(ApprovalRow row) {
    approvals.put(row.gate() + '/' + row.view().id(), row);
  }

  private void makeRoom(int more) throws SQLException {
    if (workersHeld + more > WORKERS_MAX) writeWorkers();
  }

  private void writeWorkers() throws SQLException {
    for (var crew : workers.entrySet()) {
      WorkerRow.update(connection, crew.getKey(), crew.getValue().values());
      memory.keep(crew.getKey(), crew.getValue());
    }
    workers.clear();
    workersHeld = 0;
  }

  void write() throws SQLException {
    writeWorkers();
    for (var run : runs.values()) {
      if (run == null) continue;
      RunRow.update(connection, run);
      if (retagged.contains(run.run())) TaggedRuns.replace(connection, run);
      memory.keep(run);
    }
    for (var row : approvals.values()) row.update(connection);
  }
}
