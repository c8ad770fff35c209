package dev.muster.orchestrator.readside.result;

import dev.muster.orchestrator.readside.view.Delivery;
import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.worker.Artifact;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which version of each delivered path stands, and where the others go. Pure.
///
/// The latest stands. One that another builds upon was handed over and is replaced by it. Of
/// workers that do not wait for one another neither may replace the other: what does not stand is
/// kept in the worker's own folder. A file where another has delivered a folder is judged like the
/// same path.
final class Deliveries {
  static final String AT_PATH = "deliverables";
  static final String ELSEWHERE = "conflicts";
  private static final int KEPT_SHOWN_MAX = 20;

  private final Map<String, List<String>> dependencies = new HashMap<>();
  private final Map<String, Holder> standing = new LinkedHashMap<>();

  /// For each folder, a path that stands in it.
  private final Map<String, String> inside = new HashMap<>();

  private final Map<String, Contest> contests = new TreeMap<>();
  private final List<Placed> placed = new ArrayList<>();

  /// @param place relative to the run's folder
  record Placed(String place, Artifact artifact) {}

  private record Holder(String worker, Artifact artifact) {}

  /// @param rivals who holds a version that is kept
  /// @param known the rivals and everybody they build upon
  /// @param kept whose version is where, by place
  private record Contest(
      String stands, Set<String> rivals, Set<String> known, Map<String, String> kept) {}

  private Deliveries() {}

  /// @param inOrder completed workers by wave, then by place in the plan
  static Deliveries of(List<Delivery> inOrder) {
    var all = new Deliveries();
    inOrder.forEach(delivery -> all.dependencies.put(delivery.worker(), delivery.dependencies()));
    for (var delivery : dependenciesFirst(inOrder).reversed()) {
      delivery.artifacts().forEach(artifact -> all.place(delivery.worker(), artifact));
    }
    return all;
  }

  /// Every version that is kept, and where.
  List<Placed> placed() {
    return placed;
  }

  int conflictsTotal() {
    return (int) contests.values().stream().filter(it -> !it.kept().isEmpty()).count();
  }

  /// The first of them, by path.
  List<DeliveryConflict> conflicts(int max) {
    var found = new ArrayList<DeliveryConflict>();
    for (var contest : contests.entrySet()) {
      var kept = contest.getValue().kept();
      if (kept.isEmpty() || found.size() == max) continue;
      var shown = new TreeMap<String, String>();
      kept.entrySet().stream()
          .limit(KEPT_SHOWN_MAX)
          .forEach(it -> shown.put(it.getKey(), it.getValue()));
      found.add(
          new DeliveryConflict(contest.getKey(), contest.getValue().stands(), kept.size(), shown));
    }
    return found;
  }

  private void place(String worker, Artifact artifact) {
    var path = normal(artifact.path());
    if (path == null) return;
    var blocker = blocker(path);
    if (blocker == null) {
      stand(path, new Holder(worker, artifact));
      return;
    }
    var holder = standing.get(blocker);
    if (holder == null) throw new IllegalStateException("nothing stands at " + blocker);
    if (blocker.equals(path) && same(holder.artifact(), artifact)) return;
    var contest = contests.computeIfAbsent(blocker, _ -> contest(holder.worker()));
    var handedOver = contest.known().contains(worker) && !contest.rivals().contains(worker);
    if (handedOver) return;
    contest.rivals().add(worker);
    know(contest.known(), worker);
    var place = ELSEWHERE + "/" + worker + "/" + path;
    contest.kept().put(place, worker);
    placed.add(new Placed(place, artifact));
  }

  private void stand(String path, Holder holder) {
    standing.put(path, holder);
    placed.add(new Placed(AT_PATH + "/" + path, holder.artifact()));
    for (var at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (inside.putIfAbsent(path.substring(0, at), path) != null) return;
    }
  }

  /// The path that keeps another from standing: itself, a file where it needs a folder, or what is
  /// in a folder where it would be a file. Null when it can stand.
  private @Nullable String blocker(String path) {
    if (standing.containsKey(path)) return path;
    for (var at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
      if (standing.containsKey(path.substring(0, at))) return path.substring(0, at);
    }
    return inside.get(path);
  }

  private Contest contest(String stands) {
    var known = new HashSet<String>();
    know(known, stands);
    return new Contest(stands, new HashSet<>(), known, new LinkedHashMap<>());
  }

  /// Each worker is visited once in a contest, however many hold the path.
  private void know(Set<String> known, String worker) {
    var open = new ArrayDeque<>(List.of(worker));
    while (!open.isEmpty()) {
      var next = open.removeFirst();
      if (known.add(next)) open.addAll(dependencies.getOrDefault(next, List.of()));
    }
  }

  private static boolean same(Artifact one, Artifact other) {
    return one.sha256().equals(other.sha256()) && one.executable() == other.executable();
  }

  /// Null for a path that would leave its folder, or is none.
  private static @Nullable String normal(String path) {
    try {
      var normal = Path.of(path).normalize();
      var text = normal.toString();
      return normal.isAbsolute() || text.isEmpty() || normal.startsWith("..") ? null : text;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /// As given, but nobody comes before whom it waited for.
  private static List<Delivery> dependenciesFirst(List<Delivery> given) {
    var byId = new HashMap<String, Delivery>();
    given.forEach(delivery -> byId.put(delivery.worker(), delivery));
    var ordered = new LinkedHashMap<String, Delivery>();
    var begun = new HashSet<String>();
    for (var first : given) {
      var open = new ArrayDeque<>(List.of(first));
      while (!open.isEmpty()) {
        var next = open.getFirst();
        if (begun.add(next.worker())) {
          for (var dependency : next.dependencies()) {
            var before = byId.get(dependency);
            if (before != null && !begun.contains(dependency)) open.addFirst(before);
          }
        } else {
          open.removeFirst();
          ordered.putIfAbsent(next.worker(), next);
        }
      }
    }
    return new ArrayList<>(ordered.values());
  }
}
