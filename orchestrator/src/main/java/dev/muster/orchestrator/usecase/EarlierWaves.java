package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.readside.table.Piece;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.readside.table.Selection;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Who of a run's earlier waves had a hard time, as far as a worker may learn from it: those whose
/// titles have words in common with its own first, then those of the nearest wave.
///
/// A wave begins with hundreds of agents at once, and for all of them these are the same: they are
/// looked for once in a while.
final class EarlierWaves {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final int WAVES_KEPT_MAX = 64;

  /// Of those that failed and of those that needed several tries, the newest.
  private static final int LOOKED_AT_MAX = 24;

  private static final Pattern NO_WORD = Pattern.compile("\\P{L}+");

  /// Shorter ones say nothing of what a work is about.
  private static final int WORD_CHARS_MIN = 4;

  private final RunViews views;
  private final InstantSource clock;
  private final SequencedMap<Before, Found> found = new LinkedHashMap<>();

  private record Before(String run, int wave) {}

  private record Found(List<WorkerView> workers, Instant at) {}

  EarlierWaves(RunViews views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  /// The most relevant first.
  List<WorkerView> of(String run, WorkerView worker) {
    var words = words(worker.title());
    return before(new Before(run, worker.wave())).stream()
        .sorted(
            Comparator.<WorkerView>comparingLong(it -> -inCommon(words, it.title()))
                .thenComparing(WorkerView::wave, Comparator.reverseOrder())
                .thenComparing(WorkerView::id))
        .toList();
  }

  private synchronized List<WorkerView> before(Before asked) {
    var now = clock.instant();
    found.values().removeIf(it -> it.at().plus(KEPT).isBefore(now));
    var known = found.get(asked);
    if (known != null) return known.workers();
    if (found.size() == WAVES_KEPT_MAX) found.pollFirstEntry();
    var workers = new ArrayList<WorkerView>();
    workers.addAll(some(asked, WorkerPhase.FAILED, 0));
    workers.addAll(some(asked, WorkerPhase.COMPLETED, 1));
    found.put(asked, new Found(List.copyOf(workers), now));
    return workers;
  }

  private List<WorkerView> some(Before asked, WorkerPhase phase, int triesOver) {
    if (asked.wave() <= 1) return List.of();
    var selection =
        new Selection(
            List.of(
                Condition.of("phase = ?", phase.name()),
                Condition.of("wave < ?", asked.wave()),
                Condition.of("attempt > ?", triesOver)),
            "settled_at",
            true,
            null,
            LOOKED_AT_MAX);
    return Piece.all(selection, it -> views.workers(asked.run(), it));
  }

  private static long inCommon(Set<String> words, String title) {
    return words(title).stream().filter(words::contains).count();
  }

  private static Set<String> words(String title) {
    return Arrays.stream(NO_WORD.split(title.toLowerCase(Locale.ROOT)))
        .filter(it -> it.length() >= WORD_CHARS_MIN)
        .collect(Collectors.toSet());
  }
}
