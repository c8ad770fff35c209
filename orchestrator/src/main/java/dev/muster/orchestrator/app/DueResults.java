package dev.muster.orchestrator.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settled workers whose files are still to be written. Used from many threads.
///
/// No more than so many are remembered: of a run with more, all files are written once more with
/// its summary.
final class DueResults {
  /// Written at once.
  static final int BATCH_MAX = 200;

  static final int REMEMBERED_MAX = 50_000;

  private final Map<String, Set<String>> workers = new LinkedHashMap<>();
  private final Set<String> overflown = new HashSet<>();
  private int remembered;
  private boolean writing;

  /// @return whether nobody is about to write, so that somebody has to be told
  synchronized boolean add(String run, String worker) {
    if (remembered >= REMEMBERED_MAX) {
      overflown.add(run);
    } else if (workers.computeIfAbsent(run, _ -> new LinkedHashSet<>()).add(worker)) {
      remembered++;
    }
    var idle = !writing;
    writing = true;
    return idle;
  }

  /// Asked by whoever has written some; told no, he stops.
  synchronized boolean goesOn() {
    writing = !workers.isEmpty();
    return writing;
  }

  /// The run for which something has been due for the longest; null when nothing is.
  synchronized @Nullable String next() {
    return workers.isEmpty() ? null : workers.keySet().iterator().next();
  }

  /// Takes some of a run, those that were added first; none when none are due.
  synchronized List<String> take(String run) {
    var due = workers.remove(run);
    if (due == null) return List.of();
    var batch = new ArrayList<>(due.stream().limit(BATCH_MAX).toList());
    batch.forEach(due::remove);
    remembered -= batch.size();
    if (!due.isEmpty()) workers.put(run, due); // behind the others
    return batch;
  }

  /// Whether some of a run could not be remembered; asked once.
  synchronized boolean takeOverflow(String run) {
    return overflown.remove(run);
  }
}
