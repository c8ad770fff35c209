package dev.muster.e2e.check;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The figures of the report.
final class Counts {
  private Counts() {}

  static int workers(Rows rows) {
    return rows.ofKind("Run").values().stream().mapToInt(own -> Workers.planned(own).size()).sum();
  }

  static int lost(Rows rows) {
    var lost = 0;
    for (var own : rows.ofKind("Run").values()) {
      var settled = Workers.settled(own);
      for (var worker : Workers.planned(own).keySet()) {
        if (!settled.containsKey(worker)) lost++;
      }
    }
    return lost;
  }

  static int doubled(Rows rows, List<Effect> effects) {
    Set<String> doubled = new HashSet<>();
    rows.ofKind("Worker")
        .forEach((worker, own) -> {
          if (own.stream().filter(row -> row.is("Completed")).count() > 1) doubled.add(worker);
        });
    Map<String, Integer> happened = new HashMap<>();
    for (var effect : effects) {
      var worker = effect.run() + "/" + effect.worker();
      if (happened.merge(worker, 1, Integer::sum) > 1) doubled.add(worker);
    }
    return doubled.size();
  }

  /// The longest time between two rows while a run had workers that were not settled.
  static Duration longestStall(Rows rows) {
    var longest = Duration.ZERO;
    var unfinished = 0;
    Instant before = Instant.MIN;
    for (var row :
        rows.all().stream().sorted(java.util.Comparator.comparing(Row::writtenAt)).toList()) {
      if (unfinished > 0) {
        var gap = Duration.between(before, row.writtenAt());
        if (gap.compareTo(longest) > 0) longest = gap;
      }
      before = row.writtenAt();
      if (row.is("RunCreated")) unfinished++;
      if (row.is("RunFinished")) unfinished--;
    }
    return longest;
  }
}
