package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.readside.Found;
import dev.muster.orchestrator.readside.Selection;
import dev.muster.orchestrator.readside.Selection.After;
import dev.muster.orchestrator.usecase.ClusterNodes;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.view.Approval;
import dev.muster.orchestrator.view.NodeView;
import dev.muster.orchestrator.view.RunView;
import dev.muster.orchestrator.view.WorkerView;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The things of each topic as they are now.
final class Snapshots {
  private static final int RUNS_MAX = 50;

  private final Api api;
  private final RunLookup lookup;
  private final ClusterNodes nodes;

  Snapshots(Api api, RunLookup lookup, ClusterNodes nodes) {
    this.api = api;
    this.lookup = lookup;
    this.nodes = nodes;
  }

  /// The newest runs and every unfinished one, or the one that was asked for.
  List<RunView> runs(@Nullable String run) {
    if (run != null) return List.of(lookup.live(run));
    return runs(api.views().newestAndUnfinished(RUNS_MAX));
  }

  List<RunView> runs(Collection<String> ids) {
    return lookup.live(ids);
  }

  /// So many of a run, wave by wave.
  ///
  /// @param after the last that was seen; null begins at the beginning
  List<Found<WorkerView>> workers(String run, @Nullable After after, int limit) {
    return api.views().workers(run, new Selection(List.of(), "wave", false, after, limit));
  }

  /// Nobody of a run that was deleted meanwhile: a stream is about others, too.
  List<WorkerView> workers(String run, Set<String> ids) {
    return api.views().workers(run, ids);
  }

  /// Of one run, or the undecided ones of all.
  List<Approval> approvals(@Nullable String run) {
    return run == null ? api.approvals().pending() : api.approvals().of(run);
  }

  @Nullable Approval approval(String gate, String id) {
    return api.approvals().find(gate, id);
  }

  List<NodeView> nodes() {
    try {
      return nodes.all();
    } catch (Refusal _) {
      return List.of();
    }
  }
}
