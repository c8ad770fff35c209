package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.storage.DeletedRuns;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.journal.tail.Tail;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.readside.view.Delivery;
import dev.muster.orchestrator.readside.view.RetrospectiveView;
import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.orchestrator.readside.view.WorkerHistory;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.view.ModelSpend;
import dev.muster.protocol.view.ModelUse;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs and their workers as the tables have them. Every answer waits until the tables have all
/// that was in the journal when it was asked for; it throws `JournalException` when that takes too
/// long, and for a run of which the journal holds what cannot be read.
public final class RunViews {
  private static final int RUNS_PER_QUERY = 200;

  private final DataSource database;
  private final Rows<JournalException> tables;
  private final LongConsumer catchUp;
  private final JournalReader journal;
  private final InstantSource clock;
  private final TablePages<RunProjection> runs;
  private final TablePages<WorkerProjection> workers;
  private final TaggedRuns tagged;
  private final RunIdLists ids;

  public RunViews(DataSource database, Tail tail, InstantSource clock) {
    this(database, upTo -> tail.catchUp(RunsReader.NAME, upTo), clock);
  }

  /// @param catchUp waits until the tables have all events up to that one, if there are so many
  private RunViews(DataSource database, LongConsumer catchUp, InstantSource clock) {
    this.database = database;
    this.tables = JournalException.rows(database, "the read side");
    this.catchUp = catchUp;
    this.journal = new JournalReader(database);
    this.clock = clock;
    this.runs = TablePages.runs(database);
    this.workers = TablePages.workers(database);
    this.tagged = new TaggedRuns(tables, runs);
    this.ids = new RunIdLists(tables);
  }

  /// The same, but what came after this event is not waited for.
  public RunViews upTo(long seq) {
    return new RunViews(database, _ -> catchUp.accept(seq), clock);
  }

  /// Null when the journal knows no such run.
  public @Nullable RunView run(String run) {
    var found = projection(run);
    return found == null ? null : found.view(clock.instant());
  }

  /// Those of these runs that can be told of, in that order: a damaged run does not hide the
  /// others.
  public List<RunView> runs(Collection<String> ids) {
    var all = new ArrayList<RunView>();
    var wanted = List.copyOf(ids);
    for (var from = 0; from < wanted.size(); from += RUNS_PER_QUERY) {
      var some = wanted.subList(from, Math.min(wanted.size(), from + RUNS_PER_QUERY));
      page(new Selection(List.of(Condition.ids(some)), "id", false, null, RUNS_PER_QUERY))
          .items()
          .forEach(found -> all.add(found.item()));
    }
    all.sort(Comparator.comparingInt(view -> wanted.indexOf(view.id())));
    return all;
  }

  /// Without those that cannot be told of.
  public Piece<RunView> page(Selection selection) {
    catchUp.accept(Long.MAX_VALUE);
    var now = clock.instant();
    var sound = selection.also(Condition.of("phase <> ?", RunRow.DAMAGED));
    return (TaggedRuns.isAsked(sound) ? tagged.page(sound) : runs.page(sound))
        .map(found -> found.view(now));
  }

  /// Ids of runs that have not finished, or were reopened since, or of which nothing can be told;
  /// oldest first.
  public List<String> unfinished() {
    catchUp.accept(Long.MAX_VALUE);
    return ids.unfinished();
  }

  /// Ids, newest first.
  public List<String> newest(int limit) {
    catchUp.accept(Long.MAX_VALUE);
    return ids.newest(limit);
  }

  /// Ids of the newest runs, and of the newest of those that have not finished.
  ///
  /// @param each at most so many of either
  public Collection<String> newestAndUnfinished(int each) {
    catchUp.accept(Long.MAX_VALUE);
    return ids.newestAndUnfinished(each);
  }

  /// Runs that have this tag, or this key.
  public static Condition tagged(String tag) {
    return TaggedRuns.having(tag);
  }

  /// How many events the run's supervisor has persisted; 0 when the journal knows no such run.
  public long version(String run) {
    return journal.lastNumber(Origin.run(run));
  }

  /// Also where that was cut off.
  public boolean isBeingDeleted(String run) {
    return !new DeletedRuns(database).among(List.of(run)).isEmpty();
  }

  /// In the order of the plan; null when the journal knows no such run.
  public @Nullable List<WorkerView> workers(String run) {
    return projection(run) == null ? null : crew(run, it -> it.view(clock.instant()));
  }

  /// A page of the workers of one run.
  public Piece<WorkerView> workers(String run, Selection selection) {
    requireSound(run);
    var now = clock.instant();
    return workers.page(selection.also(Condition.fixed("run", run))).map(it -> it.view(now));
  }

  /// Those of these whom the run has; where a damaged run's stood before the damage.
  public List<WorkerView> workers(String run, Collection<String> ids) {
    catchUp.accept(Long.MAX_VALUE);
    return tables.read(connection -> {
      var wanted = List.copyOf(ids);
      var found = new ArrayList<WorkerView>();
      for (var from = 0; from < wanted.size(); from += RUNS_PER_QUERY) {
        var some = wanted.subList(from, Math.min(wanted.size(), from + RUNS_PER_QUERY));
        WorkerRow.find(connection, run, some).forEach(it -> found.add(it.view(clock.instant())));
      }
      return found;
    });
  }

  public @Nullable WorkerView worker(String run, String worker) {
    var found = workers(run, List.of(worker));
    return found.isEmpty() ? null : found.getFirst();
  }

  public @Nullable RunPlan plan(String run) {
    var found = projection(run);
    return found == null ? null : found.plan(crew(run, WorkerProjection::planned));
  }

  /// Changes with every event that changes who the run's workers are, or what they are to do; 0
  /// before the first, and when the journal knows no such run.
  public long planNumber(String run) {
    var found = projection(run);
    return found == null ? 0 : found.planNumber();
  }

  /// Ids of those whose agent has asked a model, in the order of the plan.
  public List<String> asking(String run) {
    if (!hasAskedModels(run)) return List.of();
    return crew(run, worker -> worker.used().isEmpty() ? null : worker.planned().id());
  }

  /// Without its workers.
  public @Nullable RunPlan outline(String run) {
    var found = projection(run);
    return found == null ? null : found.plan(List.of());
  }

  public @Nullable RunSettings settings(String run) {
    var found = projection(run);
    return found == null ? null : found.settings();
  }

  /// What completed workers have delivered, in the order of the plan, wave by wave; null when the
  /// journal knows no such run.
  public @Nullable List<Delivery> delivered(String run) {
    if (projection(run) == null) return null;
    record InWave(int wave, Delivery delivery) {}
    return crew(run, it -> new InWave(it.planned().wave(), it.delivery())).stream()
        .sorted(Comparator.comparingInt(InWave::wave))
        .map(InWave::delivery)
        .toList();
  }

  /// What one of them has; empty when the run has none of that id.
  public List<Delivery> delivered(String run, String worker) {
    requireSound(run);
    return tables.read(connection -> WorkerRow.find(connection, run, List.of(worker))).stream()
        .map(WorkerProjection::delivery)
        .toList();
  }

  /// What a run's agents asked, by model; empty when they asked none.
  public Map<String, ModelUse> used(String run) {
    if (!hasAskedModels(run)) return Map.of();
    return ModelSpend.sum(
        crew(run, worker -> worker.used().isEmpty() ? null : worker.used().byModel()));
  }

  /// Most runs have no agent, and so none of their workers has to be looked at.
  private boolean hasAskedModels(String run) {
    var found = projection(run);
    return found != null && found.hasAskedModels();
  }

  /// Everything about one worker; null when the run has none of that id.
  public @Nullable WorkerDetail detail(String run, String worker) {
    var found = details(run, List.of(worker));
    return found.isEmpty() ? null : found.getFirst();
  }

  /// What these workers left behind; those that left nothing are left out.
  public List<Retrospective> retrospectives(String run, List<String> ids) {
    requireSound(run);
    var left = new ArrayList<Retrospective>();
    for (var worker : tables.read(connection -> WorkerRow.find(connection, run, ids))) {
      var retrospective = worker.retrospective();
      if (retrospective != null) left.add(retrospective);
    }
    return left;
  }

  /// Everything about each of these; those that the run does not have are left out.
  public List<WorkerDetail> details(String run, List<String> ids) {
    requireSound(run);
    var found = tables.read(connection -> WorkerRow.find(connection, run, ids));
    Map<String, List<JournalRow>> rows = new HashMap<>();
    found.forEach(it -> rows.put(it.planned().id(), new ArrayList<>()));
    journal.eachOf(
        rows.keySet().stream().map(id -> Origin.worker(run, id)).toList(),
        row -> rows.getOrDefault(row.origin().worker(), new ArrayList<>()).add(row));
    return found.stream()
        .map(it -> detail(run, it, rows.getOrDefault(it.planned().id(), List.of())))
        .toList();
  }

  private WorkerDetail detail(String run, WorkerProjection worker, List<JournalRow> rows) {
    var retrospective = worker.retrospective();
    return new WorkerDetail(
        worker.view(clock.instant()),
        run,
        worker.planned().instructionDigest(),
        WorkerHistory.of(rows),
        retrospective == null ? null : RetrospectiveView.of(retrospective));
  }

  /// Which texts the newest runs of a workforce took for one worker, newest first.
  public List<TakenTexts.Taken> texts(String workforce, String worker) {
    catchUp.accept(Long.MAX_VALUE);
    return tables.read(connection -> TakenTexts.read(connection, workforce, worker));
  }

  public JournalReader journal() {
    return journal;
  }

  private @Nullable RunProjection projection(String run) {
    catchUp.accept(Long.MAX_VALUE);
    var found = tables.one(RunRow.SELECT, RunRow::read, run);
    if (found != null && found.damage() != null) {
      throw new JournalException(String.valueOf(found.damage()), null);
    }
    return found;
  }

  /// Workers of a damaged run stand where they stood before the damage.
  private void requireSound(String run) {
    catchUp.accept(Long.MAX_VALUE);
    var damaged = tables.one(RunRow.SELECT + " AND phase = ?", RunRow::read, run, RunRow.DAMAGED);
    if (damaged != null) throw new JournalException(String.valueOf(damaged.damage()), null);
  }

  private <T> List<T> crew(String run, Function<WorkerProjection, @Nullable T> wanted) {
    return tables.transaction(connection -> WorkerRow.crew(connection, run, wanted));
  }
}
