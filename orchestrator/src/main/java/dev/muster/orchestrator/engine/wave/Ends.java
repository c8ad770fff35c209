package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunCommand.WorkerReported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ends that workers have told of and that are not journalled. Those that come while one batch is
/// written make up the next. Whoever is forgotten in a crash is asked again.
final class Ends {
  /// Ends that are journalled at once.
  private static final int BATCH_MAX = 1_000;

  /// At most one for each worker under way.
  private final Map<String, WorkerReported> told = new LinkedHashMap<>();

  void hear(WorkerReported report) {
    told.putIfAbsent(report.worker(), report);
  }

  boolean isEmpty() {
    return told.isEmpty();
  }

  /// Takes the oldest ones.
  List<WorkerReported> next() {
    var batch = told.values().stream().limit(BATCH_MAX).toList();
    batch.forEach(report -> told.remove(report.worker()));
    return batch;
  }
}
