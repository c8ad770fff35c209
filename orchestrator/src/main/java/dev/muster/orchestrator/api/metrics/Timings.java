package dev.muster.orchestrator.api.metrics;

import dev.muster.orchestrator.api.exchange.Endpoint;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// How long endpoints took to answer, since the process began. They are told apart by their path
/// with its placeholders: what callers write into one makes no figure more.
public final class Timings {
  /// Upper ends of what is counted together; above the last there is one more.
  static final double[] BOUNDS_SECONDS = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private final ConcurrentMap<Route, Counts> counts = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();

  private record Route(String method, String path) implements Comparable<Route> {
    @Override
    public int compareTo(Route other) {
      var byPath = path.compareTo(other.path);
      return byPath != 0 ? byPath : method.compareTo(other.method);
    }
  }

  private static final class Counts {
    private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS_SECONDS.length + 1);
    private final LongAdder nanos = new LongAdder();
  }

  /// The same endpoint, measured.
  public Endpoint timed(Endpoint endpoint) {
    return endpoint.by(call -> {
      var began = System.nanoTime();
      try {
        return endpoint.handler().handle(call);
      } finally {
        took(endpoint.method(), endpoint.path(), System.nanoTime() - began);
      }
    });
  }

  /// @param path with its placeholders
  void took(String method, String path, long nanos) {
    var found = counts.computeIfAbsent(new Route(method, path), _ -> new Counts());
    found.buckets.incrementAndGet(bucket(nanos));
    found.nanos.add(nanos);
  }

  /// Whoever it was for, and whether or not there is an endpoint.
  public void answered(int status) {
    byStatus.computeIfAbsent(status / 100, _ -> new LongAdder()).increment();
  }

  private static int bucket(long nanos) {
    for (var i = 0; i < BOUNDS_SECONDS.length; i++) {
      if (nanos <= BOUNDS_SECONDS[i] * 1e9) return i;
    }
    return BOUNDS_SECONDS.length;
  }

  public void expose(Exposition to) {
    to.counter("muster_http_responses_total", "Answers of this node's API, by class of status.");
    new TreeMap<>(byStatus)
        .forEach((status, count) -> to.sample(count.sum(), "status", status + "xx"));
    to.family(
        "muster_http_request_seconds",
        Exposition.Kind.HISTOGRAM,
        "How long endpoints took to answer; of a stream, to begin.");
    new TreeMap<>(counts).forEach((route, it) -> expose(to, route, it));
  }

  private static void expose(Exposition to, Route route, Counts counts) {
    var sum = 0L;
    for (var i = 0; i <= BOUNDS_SECONDS.length; i++) {
      sum += counts.buckets.get(i);
      var le = i == BOUNDS_SECONDS.length ? "+Inf" : Exposition.figure(BOUNDS_SECONDS[i]);
      to.sample("_bucket", sum, "method", route.method(), "path", route.path(), "le", le);
    }
    var seconds = counts.nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
    to.sample("_sum", seconds, "method", route.method(), "path", route.path());
    to.sample("_count", sum, "method", route.method(), "path", route.path());
  }
}
