package dev.muster.cli.view;

import dev.muster.client.Fetched;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.view.WorkerView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Workers with their sub-workers below them. Pure.
public final class WorkerTree {
  private static final String BRANCH = "└ ";
  private static final String INDENT = "  ";

  private final Map<String, List<Fetched<WorkerView>>> below = new LinkedHashMap<>();
  private final List<Fetched<WorkerView>> ordered = new ArrayList<>();

  private WorkerTree() {}

  /// As they are, but that each stands below the one that asked for it; one whose parent is not
  /// among them stands where it is.
  public static List<Fetched<WorkerView>> ordered(List<Fetched<WorkerView>> workers) {
    var tree = new WorkerTree();
    var ids = workers.stream().map(it -> it.view().id()).toList();
    for (var worker : workers) {
      var parent = SubWorkerId.parent(worker.view().id());
      var under = parent != null && ids.contains(parent) ? parent : "";
      tree.below.computeIfAbsent(under, _ -> new ArrayList<>()).add(worker);
    }
    tree.add("");
    return tree.ordered;
  }

  /// No deeper than ids are.
  private void add(String parent) {
    for (var worker : below.getOrDefault(parent, List.of())) {
      ordered.add(worker);
      add(worker.view().id());
    }
  }

  static String shown(String id) {
    var depth = SubWorkerId.depth(id);
    if (depth == 0) return id;
    return String.join("", Collections.nCopies(depth - 1, INDENT)) + BRANCH + id;
  }
}
