package dev.muster.orchestrator.http;

import dev.muster.orchestrator.view.JournalReader;
import dev.muster.orchestrator.view.RunView;
import dev.muster.orchestrator.view.WorkerDetail;
import dev.muster.orchestrator.view.WorkerView;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds runs and workers, refusing names that do not exist, and adds what only a living supervisor
/// knows.
final class RunLookup {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int FILTERED_RUNS_MAX = 1_000;

  /// Not one of the orders of a filtered list.
  private static final String NEWEST_FIRST = "newest";

  private final Api api;
  private final Listing<RunView> listing =
      new Listing<>(RunView::id)
          .field("id", RunView::id)
          .choice("state", RunPhase.class, RunView::state)
          .field("workforce", RunView::workforce)
          .time("startedAt", RunView::startedAt)
          .number("durationSeconds", RunView::durationSeconds)
          .words(run -> run.id() + " " + run.workforce() + " " + run.settings().folder())
          .sortedBy("-id");

  RunLookup(Api api) {
    this.api = api;
  }

  private JournalReader journal() {
    return api.views().journal();
  }

  String existing(String run) {
    if (ID.matcher(run).matches() && api.views().version(run) > 0) return run;
    throw unknownRun(run);
  }

  static boolean isId(String run) {
    return ID.matcher(run).matches();
  }

  static ProblemException unknownRun(String run) {
    return ProblemException.of(
        404, "unknown-run", "no run is called " + shown(run) + "; GET /api/v1/runs lists them");
  }

  /// What was asked for, where it could be a name at all.
  static String shown(String id) {
    return ID.matcher(id).matches() ? id : "that";
  }

  RunView run(String run) {
    var view = api.views().run(existing(run));
    if (view == null) throw new IllegalStateException(run + " has left the journal");
    return view;
  }

  /// Changes with every event that the run's supervisor persists.
  String version(String run) {
    return "\"" + api.views().version(run) + "\"";
  }

  RunView live(String run) {
    return described(List.of(run(run))).getFirst();
  }

  /// What the supervisor says; null when the run has finished or nobody answers.
  @Nullable RunStatus status(String run) {
    return run(run).state().finished() ? null : Await.answerOrNull(api.runs().describe(run));
  }

  private List<RunView> described(List<RunView> runs) {
    var asked = new LinkedHashMap<String, CompletionStage<RunStatus>>();
    for (var run : runs) {
      if (!run.state().finished() && api.ready().getAsBoolean()) {
        asked.put(run.id(), api.runs().describe(run.id()));
      }
    }
    return runs.stream().map(run -> with(run, asked.get(run.id())).in(api.sandbox())).toList();
  }

  /// A run that ended since its events were read is read again, so that no count or rate that is
  /// shown of an end is older than the end.
  private RunView with(RunView run, @Nullable CompletionStage<RunStatus> asked) {
    var status = asked == null ? null : Await.answerOrNull(asked);
    if (status == null) return run;
    var ended = status.phase().finished() && !run.state().finished();
    return (ended ? run(run.id()) : run).with(status);
  }

  Listing.Page<RunView> list(Call call) {
    var principal = call.principal();
    var plain =
        principal.workforce() == null && call.query("filter") == null && call.query("sort") == null;
    if (plain) {
      var page = newest(call);
      return new Listing.Page<>(described(page.items()), page.next());
    }
    // Described first: only a supervisor knows that its run is held.
    var seen =
        views(journal().runs(null, FILTERED_RUNS_MAX)).stream()
            .filter(run -> principal.sees(run.workforce()))
            .toList();
    return listing.page(described(seen), call);
  }

  /// Without a filter only the runs of the page are read.
  private Listing.Page<RunView> newest(Call call) {
    var limit = Listing.limit(call);
    var cursor = Cursor.decode(call, NEWEST_FIRST);
    if (cursor != null && !ID.matcher(cursor).matches()) throw Cursor.invalid();
    var ids = journal().runs(cursor, limit + 1);
    var more = ids.size() > limit;
    var shown = more ? ids.subList(0, limit) : ids;
    return new Listing.Page<>(
        views(shown), more ? Cursor.encode(call, NEWEST_FIRST, shown.getLast()) : null);
  }

  /// Those that can be read: a damaged run does not hide the others.
  private List<RunView> views(Collection<String> runs) {
    return runs.stream().map(api.views()::run).flatMap(Stream::ofNullable).toList();
  }

  /// Those of these runs that exist, with what their supervisors say.
  List<RunView> live(Collection<String> runs) {
    return described(views(runs));
  }

  WorkerView worker(String run, String worker) {
    var found = api.views().worker(existing(run), worker);
    if (found == null) throw unknown(run, worker);
    return found;
  }

  WorkerDetail detail(String run, String worker) {
    var found = api.views().detail(existing(run), worker);
    if (found == null) throw unknown(run, worker);
    return found;
  }

  List<WorkerView> workers(String run) {
    var found = api.views().workers(existing(run));
    return found == null ? List.of() : found;
  }

  private static ProblemException unknown(String run, String worker) {
    return ProblemException.of(
        404,
        "unknown-worker",
        "run %s has no %s; GET /api/v1/runs/%s/workers lists them"
            .formatted(run, shown(worker), run));
  }

  RunPlan plan(String run) {
    var plan = api.views().plan(existing(run));
    if (plan == null) throw new IllegalStateException(run + " has left the journal");
    return plan;
  }
}
