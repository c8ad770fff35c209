package dev.muster.orchestrator.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Paths that more than one worker owns.
///
/// @param owners in the order of the instructions given
public record Overlaps(String path, List<Owner> owners) {
  public Overlaps {
    owners = List.copyOf(owners);
  }

  /// @param line where its file names the path
  public record Owner(String worker, String file, int line) {}

  /// Ordered by path.
  public static List<Overlaps> of(List<Instruction> instructions) {
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
    return owners.entrySet().stream()
        .filter(e -> e.getValue().stream().map(Owner::worker).distinct().count() > 1)
        .map(e -> new Overlaps(e.getKey(), e.getValue()))
        .toList();
  }

  /// One for every owner but the first.
  public List<Finding> findings() {
    var first = owners.getFirst();
    return owners.stream()
        .filter(owner -> !owner.worker().equals(first.worker()))
        .map(owner ->
            Finding.of(
                Code.OVERLAPPING_DELIVERABLE,
                owner.file(),
                owner.line(),
                "`" + path + "` is also owned by " + first.worker(),
                "Give every worker files of its own."))
        .toList();
  }
}
