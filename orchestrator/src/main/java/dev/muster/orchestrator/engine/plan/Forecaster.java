package dev.muster.orchestrator.engine.plan;

import dev.muster.protocol.run.RunPlan.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How long workers take: what they took in an earlier run, else their own estimate, else a guess.
///
/// A wave is played through with list scheduling: a free slot takes the first worker, by place in
/// the wave, whose dependencies are done (R. Graham, "Bounds on multiprocessing timing anomalies",
/// 1969). The waves of a run follow each other, so their times add up.
public final class Forecaster {
  static final Duration UNKNOWN = Duration.ofSeconds(30);

  private final Map<String, Duration> earlier;

  /// @param earlier how long workers took in earlier runs, by id
  public Forecaster(Map<String, Duration> earlier) {
    this.earlier = earlier;
  }

  boolean isGuess(Planned worker) {
    return worker.estimate() == null && !earlier.containsKey(worker.id());
  }

  long millis(Planned worker) {
    var actual = earlier.get(worker.id());
    if (actual != null) return actual.toMillis();
    return (worker.estimate() == null ? UNKNOWN : worker.estimate()).toMillis();
  }

  private record Running(long endMillis, int place) {}

  /// @param wave its workers; dependencies on others count as met
  /// @param slots how many run at once, at least 1
  public long waveMillis(List<Planned> wave, int slots) {
    var places = places(wave);
    var waitingFor = new int[wave.size()];
    var dependents = dependents(wave, places, waitingFor);
    var ready = new TreeSet<Integer>();
    for (var place = 0; place < wave.size(); place++) {
      if (waitingFor[place] == 0) ready.add(place);
    }
    var running =
        new PriorityQueue<Running>((a, b) -> {
          var byEnd = Long.compare(a.endMillis(), b.endMillis());
          return byEnd != 0 ? byEnd : Integer.compare(a.place(), b.place());
        });
    var now = 0L;
    while (!ready.isEmpty() || !running.isEmpty()) {
      while (!ready.isEmpty() && running.size() < slots) {
        int place = ready.first();
        ready.remove(place);
        running.add(new Running(now + millis(wave.get(place)), place));
      }
      var done = running.remove();
      now = done.endMillis();
      for (int next : dependents.get(done.place())) {
        if (--waitingFor[next] == 0) ready.add(next);
      }
    }
    return now;
  }

  /// The chain of dependencies that takes longest. The graph must be free of cycles.
  public List<String> criticalPath(List<Planned> workers) {
    var places = places(workers);
    var waitingFor = new int[workers.size()];
    var dependents = dependents(workers, places, waitingFor);
    var ends = new long[workers.size()];
    var before = new int[workers.size()];
    var order = new ArrayList<Integer>();
    for (var place = 0; place < workers.size(); place++) {
      before[place] = -1;
      if (waitingFor[place] == 0) order.add(place);
    }
    var last = -1;
    for (var at = 0; at < order.size(); at++) {
      int place = order.get(at);
      ends[place] += millis(workers.get(place));
      if (last < 0 || ends[place] > ends[last]) last = place;
      for (int next : dependents.get(place)) {
        if (before[next] < 0 || ends[place] > ends[next]) {
          ends[next] = ends[place];
          before[next] = place;
        }
        if (--waitingFor[next] == 0) order.add(next);
      }
    }
    return path(workers, before, last);
  }

  private static List<String> path(List<Planned> workers, int[] before, int last) {
    var path = new ArrayList<String>();
    for (var place = last; place >= 0; place = before[place]) path.add(workers.get(place).id());
    Collections.reverse(path);
    return path;
  }

  private static Map<String, Integer> places(List<Planned> workers) {
    var places = new HashMap<String, Integer>();
    for (var place = 0; place < workers.size(); place++) places.put(workers.get(place).id(), place);
    return places;
  }

  private static List<List<Integer>> dependents(
      List<Planned> workers, Map<String, Integer> places, int[] waitingFor) {
    var dependents = new ArrayList<List<Integer>>();
    for (var place = 0; place < workers.size(); place++) dependents.add(new ArrayList<>());
    for (var place = 0; place < workers.size(); place++) {
      for (var dependency : new HashSet<>(workers.get(place).dependencies())) {
        @Nullable Integer from = places.get(dependency);
        if (from == null) continue;
        dependents.get(from).add(place);
        waitingFor[place]++;
      }
    }
    return dependents;
  }
}
