package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.readside.table.Found;
import dev.muster.orchestrator.readside.table.Selection;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.usecase.ClusterNodes;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.Shared;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.NodeView;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The things of each topic as they are now, for all streams of a node: what has changed is looked
/// up, and put into words, once for all who are told of it.
final class Snapshots {
  private static final int RUNS_MAX = 50;

  /// How old what changes without an event may be.
  private static final long MOOD_MILLIS = 1_000;

  private record Id(String of, String id) {}

  private final Api api;
  private final RunLookup lookup;
  private final ClusterNodes nodes;
  private final Shared<String, String> runs = new Shared<>(500);
  private final Shared<Id, String> workers = new Shared<>(5_000);
  private final Shared<Id, String> approvals = new Shared<>(2_000);
  private final Shared<String, RunView> moods = new Shared<>(500);
  private final Shared<String, List<NodeView>> nodesNow = new Shared<>(1);

  Snapshots(Api api, RunLookup lookup, ClusterNodes nodes) {
    this.api = api;
    this.lookup = lookup;
    this.nodes = nodes;
  }

  /// The newest runs and the newest unfinished ones, or the one that was asked for.
  List<RunView> runs(@Nullable String run) {
    if (run != null) return List.of(lookup.live(run));
    return lookup.live(api.views().newestAndUnfinished(RUNS_MAX));
  }

  /// So many of a run, wave by wave.
  ///
  /// @param after the last that was seen; null begins at the beginning
  List<Found<WorkerView>> workers(String run, @Nullable After after, int limit) {
    return api.views().workers(run, new Selection(List.of(), "wave", false, after, limit)).items();
  }

  /// So many of one run, or of the undecided ones of all, those that were asked for first.
  List<Found<Approval>> approvals(@Nullable String run, @Nullable After after, int limit) {
    var which = run == null ? Condition.fixed("state", "PENDING") : Condition.fixed("gate", run);
    return api.approvals()
        .page(new Selection(List.of(which), "requested_at", false, after, limit))
        .items();
  }

  /// Those of them that there are, in JSON.
  ///
  /// @param changed with the last event that has changed each, all of which the tables have
  /// @param asOf what the tables have
  List<String> changedRuns(Map<String, Long> changed, long asOf) {
    return runs.get(changed, asOf, ids -> texts(lookup.upTo(asOf).live(ids), RunView::id));
  }

  /// Nobody of a run that was deleted meanwhile: a stream is about others, too.
  List<String> changedWorkers(String run, Map<String, Long> changed, long asOf) {
    return workers.get(
        of(run, changed),
        asOf,
        ids ->
            texts(
                api.views().upTo(asOf).workers(run, ids.stream().map(Id::id).toList()),
                it -> new Id(run, it.id())));
  }

  List<String> changedApprovals(String gate, Map<String, Long> changed, long asOf) {
    return approvals.get(
        of(gate, changed),
        asOf,
        ids ->
            texts(
                api.approvals().upTo(asOf).find(gate, ids.stream().map(Id::id).toList()),
                it -> new Id(gate, it.id())));
  }

  private static Map<Id, Long> of(String of, Map<String, Long> changed) {
    var all = new LinkedHashMap<Id, Long>();
    changed.forEach((id, seq) -> all.put(new Id(of, id), seq));
    return all;
  }

  private static <K, T> Map<K, String> texts(List<T> items, Function<T, K> key) {
    var texts = new LinkedHashMap<K, String>();
    items.forEach(it -> texts.put(key.apply(it), Json.text(it)));
    return texts;
  }

  List<NodeView> nodes() {
    var now = millis();
    return nodesNow
        .get(Map.of("", now - MOOD_MILLIS), now, _ -> Map.of("", nodesOrNone()))
        .getFirst();
  }

  private List<NodeView> nodesOrNone() {
    try {
      return nodes.all();
    } catch (Refusal _) {
      return List.of();
    }
  }

  /// With what holds it at this moment.
  RunView mood(String run) {
    var now = millis();
    return moods
        .get(Map.of(run, now - MOOD_MILLIS), now, _ -> Map.of(run, lookup.live(run)))
        .getFirst();
  }

  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }
}
