package dev.muster.orchestrator.readside.table;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows as the last batches left them: most events concern those that the batch before has changed,
/// and reading a row again takes longer than changing it. Bounded; who was needed least lately
/// goes.
final class RowMemory {
  private static final int RUNS_MAX = 50;
  private static final int WORKERS_MAX = 5_000;

  private record Id(String run, String worker) {}

  private final Map<String, RunProjection> runs = new Newest<>(RUNS_MAX);
  private final Map<Id, WorkerProjection> workers = new Newest<>(WORKERS_MAX);

  private static final class Newest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private final int max;

    Newest(int max) {
      super(16, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > max;
    }
  }

  @Nullable RunProjection run(String id) {
    return runs.get(id);
  }

  @Nullable WorkerProjection worker(String run, String id) {
    return workers.get(new Id(run, id));
  }

  void keep(RunProjection run) {
    runs.put(run.run(), run);
  }

  void keep(String run, Map<String, WorkerProjection> crew) {
    crew.forEach((id, worker) -> workers.put(new Id(run, id), worker));
  }

  void clear() {
    runs.clear();
    workers.clear();
  }
}
