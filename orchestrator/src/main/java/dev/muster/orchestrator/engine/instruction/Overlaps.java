package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Reachability.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Paths that workers own who do not wait for one another. Where each owner waits, in the end, for
/// the one before it, the path is handed over from one to the next, and that is no conflict.
///
/// @param owners in the order in which they could be carried out
/// @param clashes neighbours in that order of whom neither waits for the other
public record Overlaps(String path, List<Owner> owners, List<Clash> clashes) {
  /// Beyond so many different pairs of owners the rest counts as not waiting for one another.
  private static final int PAIRS_MAX = 200_000;

  public Overlaps {
    owners = List.copyOf(owners);
    clashes = List.copyOf(clashes);
  }

  /// @param line where its file names the path
  public record Owner(String worker, String file, int line) {}

  public record Clash(Owner owner, Owner other) {}

  /// Ordered by path.
  public static List<Overlaps> of(List<Instruction> instructions, Reachability order) {
    var owners = new TreeMap<String, List<Owner>>();
    for (var instruction : instructions) {
      var id = instruction.id();
      if (id == null) continue;
      for (var path : instruction.deliverables().all()) {
        owners
            .computeIfAbsent(path.path(), _ -> new ArrayList<>())
            .add(new Owner(id, instruction.file(), path.line()));
      }
    }
    return of(owners, order);
  }

  /// @param owners by path, in any order
  public static List<Overlaps> of(Map<String, List<Owner>> owners, Reachability order) {
    var shared = new LinkedHashMap<String, List<Owner>>();
    owners.forEach((path, all) -> {
      var sorted = sorted(all, order);
      if (sorted.size() > 1) shared.put(path, sorted);
    });
    var questions = new LinkedHashSet<Pair>();
    for (var all : shared.values()) {
      for (var at = 1; at < all.size() && questions.size() < PAIRS_MAX; at++) {
        questions.add(pair(all.get(at - 1), all.get(at)));
      }
    }
    var waiting = order.waiting(questions);
    var overlaps = new ArrayList<Overlaps>();
    shared.forEach((path, all) -> {
      var clashes = clashes(all, waiting);
      if (!clashes.isEmpty()) overlaps.add(new Overlaps(path, all, clashes));
    });
    return overlaps;
  }

  /// Every worker once: of two files with one id the first counts.
  private static List<Owner> sorted(List<Owner> owners, Reachability order) {
    if (owners.size() < 2) return owners;
    var once = new LinkedHashMap<String, Owner>();
    owners.forEach(owner -> once.putIfAbsent(owner.worker(), owner));
    return once.values().stream()
        .sorted(Comparator.comparingInt(owner -> order.position(owner.worker())))
        .toList();
  }

  private static Pair pair(Owner earlier, Owner later) {
    return new Pair(later.worker(), earlier.worker());
  }

  private static List<Clash> clashes(List<Owner> owners, Set<Pair> waiting) {
    var clashes = new ArrayList<Clash>();
    for (var at = 1; at < owners.size(); at++) {
      var earlier = owners.get(at - 1);
      var later = owners.get(at);
      if (!waiting.contains(pair(earlier, later))) clashes.add(new Clash(later, earlier));
    }
    return clashes;
  }

  /// The workers that own the path, by id.
  public List<String> workers() {
    return owners.stream().map(Owner::worker).sorted(WorkerIds.ORDER).toList();
  }

  /// One for every pair.
  public List<Finding> findings() {
    return clashes.stream()
        .map(clash ->
            Finding.of(
                Code.OVERLAPPING_DELIVERABLE,
                clash.owner().file(),
                clash.owner().line(),
                "`"
                    + path
                    + "` is also owned by "
                    + clash.other().worker()
                    + ", and neither waits for the other",
                "Give every worker files of its own, or let one wait for the other."))
        .toList();
  }
}
