package dev.muster.e2e.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of the workers of a run, from the rows of the run and of the workers themselves.
final class Workers {
  private static final Set<String> SETTLING =
      Set.of("Completed", "Failed", "Cancelled", "Rehearsed");

  private Workers() {}

  static boolean settles(Row row) {
    return SETTLING.contains(row.name());
  }

  /// Wave by worker id of everybody in the plan of this run.
  static Map<String, Integer> planned(List<Row> run) {
    Map<String, Integer> planned = new LinkedHashMap<>();
    for (var worker : run.getFirst().event().at("/plan/workers")) {
      planned.put(worker.path("id").asText(), worker.path("wave").asInt());
    }
    return planned;
  }

  /// Settled before anybody was released: an earlier run has completed them, so that they have no
  /// life of their own in this one until they are opened again.
  static Set<Row> carriedOver(List<Row> run) {
    var carried = new LinkedHashSet<Row>();
    for (var row : run) {
      if (row.is("WaveReleased") || row.is("WorkersReleased")) break;
      var status = row.event().path("status");
      var done = status.path("phase").asText().equals("COMPLETED");
      var neverTried = status.path("attempt").asInt(-1) == 0;
      if (row.is("WorkerSettled") && done && neverTried) carried.add(row);
    }
    return carried;
  }

  /// How this worker ended by its own last word; empty when it has not.
  static String end(List<Row> own) {
    var end = "";
    for (var row : own) {
      if (settles(row)) end = row.name();
      if (row.is("Reopened")) end = "";
    }
    return end;
  }

  /// The phases in which the run settled each of its workers.
  static Map<String, List<String>> settled(List<Row> run) {
    Map<String, List<String>> settled = new LinkedHashMap<>();
    for (var row : run) {
      if (row.is("WorkerSettled")) {
        add(settled, row.text("worker"), row.event().at("/status/phase").asText());
      } else if (row.is("WorkerBlocked")) {
        add(settled, row.text("worker"), "BLOCKED");
      } else if (row.is("WorkersReopened")) {
        for (var worker : row.event().path("workers")) settled.remove(worker.asText());
      }
    }
    return settled;
  }

  private static void add(Map<String, List<String>> settled, String worker, String phase) {
    settled.computeIfAbsent(worker, _ -> new ArrayList<>()).add(phase);
  }
}
