package dev.muster.orchestrator.view;

import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.worker.WorkerEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs as the journal tells them, each brought up to date when it is asked for.
///
/// A run is first read through the primary key, later only what was written since. The number of
/// workers kept in memory is bounded; the least recently asked run leaves first.
public final class RunViews {
  private static final int WORKERS_MAX = 100_000;
  private static final int ROWS_PER_READ = 1_000;

  private final JournalReader journal;
  private final JournalMark mark;
  private final InstantSource clock;
  private final Map<String, Cached> cache = new LinkedHashMap<>(16, 0.75f, true);

  public RunViews(JournalReader journal, JournalMark mark, InstantSource clock) {
    this.journal = journal;
    this.mark = mark;
    this.clock = clock;
  }

  private static final class Cached {
    private volatile @Nullable RunProjection projection;
    private long cursor;
    private final Map<Origin, Long> numbers = new HashMap<>();
  }

  /// Null when the journal knows no such run.
  public @Nullable RunView run(String run) {
    return ask(run, projection -> projection.view(clock.instant()));
  }

  /// How many events the run's supervisor has persisted; 0 when the journal knows no such run.
  public long version(String run) {
    return journal.lastNumber(Origin.run(run));
  }

  /// In the order of the plan; null when the journal knows no such run.
  public @Nullable List<WorkerView> workers(String run) {
    return ask(
        run,
        projection -> projection.workers().stream().map(w -> w.view(clock.instant())).toList());
  }

  public @Nullable WorkerView worker(String run, String worker) {
    return ask(
        run,
        projection -> {
          var found = projection.worker(worker);
          return found == null ? null : found.view(clock.instant());
        });
  }

  public @Nullable RunPlan plan(String run) {
    return ask(run, RunProjection::plan);
  }

  public @Nullable RunSettings settings(String run) {
    return ask(run, RunProjection::settings);
  }

  /// In the order they were asked for; null when the journal knows no such run.
  public @Nullable List<Approval> approvals(String run) {
    return ask(run, projection -> projection.gate().list());
  }

  /// What completed workers have delivered, in the order of the plan, wave by wave; null when the
  /// journal knows no such run.
  public @Nullable List<Delivery> delivered(String run) {
    return ask(
        run,
        projection ->
            projection.workers().stream()
                .sorted(Comparator.comparingInt(worker -> worker.planned().wave()))
                .map(WorkerProjection::delivery)
                .toList());
  }

  /// Everything about one worker; null when the run has none of that id.
  public @Nullable WorkerDetail detail(String run, String worker) {
    var found = details(run, List.of(worker));
    return found.isEmpty() ? null : found.getFirst();
  }

  /// Everything about each of these; those that the run does not have are left out.
  public List<WorkerDetail> details(String run, List<String> workers) {
    var details =
        ask(
            run,
            projection -> {
              Map<String, List<JournalRow>> rows = new LinkedHashMap<>();
              workers.stream()
                  .filter(id -> projection.worker(id) != null)
                  .forEach(id -> rows.put(id, new ArrayList<>()));
              journal.eachOf(
                  rows.keySet().stream().map(id -> Origin.worker(run, id)).toList(),
                  row -> rows.getOrDefault(row.origin().worker(), new ArrayList<>()).add(row));
              return rows.entrySet().stream()
                  .map(it -> detail(run, projection, it.getKey(), it.getValue()))
                  .toList();
            });
    return details == null ? List.of() : details;
  }

  private WorkerDetail detail(
      String run, RunProjection projection, String worker, List<JournalRow> rows) {
    var found = Objects.requireNonNull(projection.worker(worker));
    return new WorkerDetail(
        found.view(clock.instant()),
        run,
        found.planned().instructionDigest(),
        WorkerHistory.of(rows),
        projection.retrospective(worker));
  }

  public JournalReader journal() {
    return journal;
  }

  private <T> @Nullable T ask(String run, Function<RunProjection, @Nullable T> question) {
    var cached = cached(run);
    synchronized (cached) {
      var projection = upToDate(run, cached);
      if (projection == null) {
        forget(run);
        return null;
      }
      return question.apply(projection);
    }
  }

  private Cached cached(String run) {
    synchronized (cache) {
      return cache.computeIfAbsent(run, _ -> new Cached());
    }
  }

  /// The run has been deleted.
  public void forget(String run) {
    synchronized (cache) {
      cache.remove(run);
    }
  }

  private @Nullable RunProjection upToDate(String run, Cached cached) {
    var until = mark.current();
    var projection = cached.projection;
    if (projection == null || !readSince(run, projection, cached)) {
      projection = readWhole(run, cached);
      shrink(run);
    }
    cached.cursor = until;
    cached.projection = projection;
    return projection;
  }

  private @Nullable RunProjection readWhole(String run, Cached cached) {
    cached.numbers.clear();
    var first = journal.of(Origin.run(run), 0, 1);
    if (first.isEmpty() || !(first.getFirst().event() instanceof RunCreated created)) return null;
    var projection = new RunProjection(created);
    journal.eachOf(Origin.run(run), row -> applyNext(projection, cached, row));
    journal.eachOf(Origin.gate(run), row -> applyNext(projection, cached, row));
    journal.eachOf(
        created.plan().workers().stream().map(w -> Origin.worker(run, w.id())).toList(),
        row -> applyNext(projection, cached, row));
    var _ = projection.takeLackingEnds(); // those were read last
    return projection;
  }

  /// False when an event is missing, so that the run must be read anew.
  private boolean readSince(String run, RunProjection projection, Cached cached) {
    var after = cached.cursor;
    List<JournalRow> page;
    do {
      page = journal.ofRun(run, after, ROWS_PER_READ);
      for (var row : page) {
        if (row.number() > cached.numbers.getOrDefault(row.origin(), 0L) + 1) return false;
        applyNext(projection, cached, row);
        after = row.seq();
      }
    } while (page.size() == ROWS_PER_READ);
    // Written before what told of them, and yet they may have become visible behind the mark.
    for (var worker : projection.takeLackingEnds()) {
      journal.eachOf(Origin.worker(run, worker), row -> applyNext(projection, cached, row));
    }
    return true;
  }

  private static void applyNext(RunProjection projection, Cached cached, JournalRow row) {
    if (row.number() <= cached.numbers.getOrDefault(row.origin(), 0L)) return;
    cached.numbers.put(row.origin(), row.number());
    switch (row.event()) {
      case RunEvent event -> projection.apply(row.seq(), event);
      case ApprovalEvent event -> projection.gate().apply(event);
      case WorkerEvent event -> {
        var id = row.origin().worker();
        var worker = id == null ? null : projection.worker(id);
        if (worker != null) worker.apply(row.seq(), event);
      }
      case Object other -> throw new IllegalStateException("no family of events: " + other);
    }
  }

  private void shrink(String keep) {
    synchronized (cache) {
      var workers = 0;
      var newestFirst = new ArrayList<>(cache.keySet()).reversed();
      for (var run : newestFirst) {
        var projection = cache.getOrDefault(run, new Cached()).projection;
        workers += projection == null ? 0 : projection.workers().size();
        if (workers > WORKERS_MAX && !run.equals(keep)) cache.remove(run);
      }
    }
  }
}
