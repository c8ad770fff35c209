package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds runs and workers, refusing names that do not exist, and adds what only a living supervisor
/// knows.
public final class RunLookup {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final RunViews views;
  private final Runs runs;
  private final BooleanSupplier ready;
  private final RunView.@Nullable Sandbox sandbox;

  /// @param ready whether supervisors can be asked yet
  /// @param sandbox how this node confines scripts; null when it runs none
  public RunLookup(
      RunViews views, Runs runs, BooleanSupplier ready, RunView.@Nullable Sandbox sandbox) {
    this.views = views;
    this.runs = runs;
    this.ready = ready;
    this.sandbox = sandbox;
  }

  /// The same, but what came after this event of the journal is not waited for.
  public RunLookup upTo(long seq) {
    return new RunLookup(views.upTo(seq), runs, ready, sandbox);
  }

  /// That there is such a run, and all of it: while it is deleted some workers may be gone, or not
  /// know any more that they have done their work.
  public String existing(String run) {
    if (!views.isBeingDeleted(begun(run))) return run;
    throw Refusal.conflict(
        "being-deleted", "expected a run that is whole, but %s is being deleted".formatted(run));
  }

  /// That there is such a run, or what a deletion has left of it so far.
  public String begun(String run) {
    if (ID.matcher(run).matches() && views.version(run) > 0) return run;
    throw unknownRun(run);
  }

  public static boolean isId(String run) {
    return ID.matcher(run).matches();
  }

  public static Refusal unknownRun(String run) {
    return Refusal.unknown(
        "unknown-run", "no run is called " + shown(run) + "; GET /api/v1/runs lists them");
  }

  /// What was asked for, where it could be a name at all.
  public static String shown(String id) {
    return ID.matcher(id).matches() ? id : "that";
  }

  public RunView run(String run) {
    var view = views.run(begun(run));
    if (view == null) throw untold(run);
    return view;
  }

  /// Changes with every event that the run's supervisor persists.
  public String version(String run) {
    return "\"" + views.version(run) + "\"";
  }

  public RunView live(String run) {
    return described(List.of(run(run))).getFirst();
  }

  /// How those of these ended that have, by their ids: one question for all of them.
  Map<String, RunPhase> ended(Collection<String> runs) {
    return views.runs(runs).stream()
        .filter(run -> run.state().finished())
        .collect(Collectors.toMap(RunView::id, RunView::state));
  }

  /// What the supervisor says; null when the run has finished or nobody answers.
  @Nullable RunStatus status(String run) {
    return run(run).state().finished() ? null : Await.answerOrNull(this.runs.describe(run));
  }

  /// As the tables have them: a list asks nobody.
  public List<RunView> listed(List<RunView> runs) {
    return runs.stream().map(run -> run.in(sandbox)).toList();
  }

  /// With what their supervisors say.
  private List<RunView> described(List<RunView> runs) {
    var asked = new LinkedHashMap<String, CompletionStage<RunStatus>>();
    for (var run : runs) {
      if (!run.state().finished() && ready.getAsBoolean()) {
        asked.put(run.id(), this.runs.describe(run.id()));
      }
    }
    return runs.stream().map(run -> with(run, asked.get(run.id())).in(sandbox)).toList();
  }

  /// A run that ended since its events were read is read again, so that no count or rate that is
  /// shown of an end is older than the end.
  private RunView with(RunView run, @Nullable CompletionStage<RunStatus> asked) {
    var status = asked == null ? null : Await.answerOrNull(asked);
    if (status == null) return run;
    var ended = status.phase().finished() && !run.state().finished();
    return (ended ? run(run.id()) : run).with(status);
  }

  /// The last that is known of runs that cannot be told of.
  private static JournalException untold(String run) {
    return new JournalException(
        "the beginning of the run " + run + " cannot be read, or it was just deleted", null);
  }

  /// Those of these runs that exist, with what their supervisors say.
  public List<RunView> live(Collection<String> runs) {
    return described(views.runs(runs));
  }

  public WorkerView worker(String run, String worker) {
    var found = views.worker(existing(run), worker);
    if (found == null) throw unknown(run, worker);
    return found;
  }

  /// Refuses ids that the run does not have.
  public void known(String run, List<String> workers) {
    if (workers.isEmpty()) return;
    var found = workers(run, workers).stream().map(WorkerView::id).collect(Collectors.toSet());
    for (var worker : workers) if (!found.contains(worker)) throw unknown(run, worker);
  }

  public WorkerDetail detail(String run, String worker) {
    var found = views.detail(existing(run), worker);
    if (found == null) throw unknown(run, worker);
    return found;
  }

  RunSettings settings(String run) {
    var found = views.settings(existing(run));
    if (found == null) throw untold(run);
    return found;
  }

  List<WorkerView> workers(String run, Collection<String> ids) {
    return views.workers(existing(run), ids);
  }

  private static Refusal unknown(String run, String worker) {
    return Refusal.unknown(
        "unknown-worker",
        "run %s has no %s; GET /api/v1/runs/%s/workers lists them"
            .formatted(run, shown(worker), run));
  }

  public RunPlan plan(String run) {
    var plan = views.plan(begun(run));
    if (plan == null) throw untold(run);
    return plan;
  }
}
