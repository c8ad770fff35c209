package dev.muster.orchestrator.http;

import dev.muster.orchestrator.view.Approval;
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
  private final NodeEndpoints nodes;

  Snapshots(Api api, RunLookup lookup, NodeEndpoints nodes) {
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

  List<WorkerView> workers(String run) {
    return lookup.workers(run);
  }

  List<WorkerView> workers(String run, Set<String> ids) {
    return lookup.workers(run, ids);
  }

  /// Of one run, or the undecided ones of all.
  List<Approval> approvals(@Nullable String run) {
    return run == null ? api.approvals().pending() : api.approvals().of(run);
  }

  @Nullable Approval approval(String gate, String id) {
    return api.approvals().find(gate, id);
  }

  List<Node> nodes() {
    try {
      return nodes.nodes();
    } catch (ProblemException _) {
      return List.of();
    }
  }
}
