package dev.muster.e2e.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// No wave begins before the one before it has settled, and no worker before all it depends on
/// have.
final class WaveRule implements Rule {
  @Override
  public List<String> brokenBy(Rows rows) {
    var broken = new ArrayList<String>();
    rows.ofKind("Run").values().forEach(own -> check(own, broken));
    return broken;
  }

  private static void check(List<Row> own, List<String> broken) {
    var planned = Workers.planned(own);
    Set<Integer> settledWaves = new HashSet<>();
    Set<String> released = new HashSet<>();
    var first = planned.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    for (var row : own) {
      if (row.is("WaveSettled")) settledWaves.add(row.number("wave"));
      if (!row.is("WorkersReleased")) continue;
      for (var worker : row.event().path("workers")) {
        var wave = planned.getOrDefault(worker.asText(), 0);
        released.add(worker.asText());
        var before =
            planned.values().stream().filter(it -> it < wave).mapToInt(Integer::intValue).max();
        if (wave != first && before.isPresent() && !settledWaves.contains(before.getAsInt())) {
          broken.add(
              "%s: %s of wave %d, before wave %d had settled"
                  .formatted(row, worker.asText(), wave, before.getAsInt()));
        }
      }
    }
    var carried = Workers.carriedOver(own);
    for (var row : own) {
      if (row.is("WorkerSettled")
          && !carried.contains(row)
          && !released.contains(row.text("worker"))
          && !row.event().at("/status/phase").asText().equals("CANCELLED")) {
        broken.add(row + ": " + row.text("worker") + " was never released");
      }
    }
  }
}
