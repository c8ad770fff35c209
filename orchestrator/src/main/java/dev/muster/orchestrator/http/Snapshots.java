package dev.muster.orchestrator.http;

import dev.muster.orchestrator.view.Approval;
import dev.muster.orchestrator.view.RunView;
import dev.muster.orchestrator.view.WorkerView;
import java.util.Collection;
import java.util.LinkedHashSet;
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
    var ids = new LinkedHashSet<>(api.views().journal().runs(null, RUNS_MAX));
    ids.addAll(api.views().journal().unfinished().reversed().stream().limit(RUNS_MAX).toList());
    return runs(ids);
  }

  List<RunView> runs(Collection<String> ids) {
    return lookup.live(ids);
  }

  List<WorkerView> workers(String run) {
    return lookup.workers(run);
  }

  List<WorkerView> workers(String run, Set<String> ids) {
    return ids.size() > 50
        ? workers(run).stream().filter(worker -> ids.contains(worker.id())).toList()
        : ids.stream().map(id -> lookup.worker(run, id)).toList();
  }

  /// Of one run, or the undecided ones of all.
  List<Approval> approvals(@Nullable String run) {
    return run == null
        ? api.approvals().all().stream()
            .filter(approval -> approval.state() == Approval.State.PENDING)
            .toList()
        : api.approvals().of(run);
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
