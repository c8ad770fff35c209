package dev.muster.orchestrator.security.identity;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Slows down whoever guesses passwords. Failures are counted for each pair of account and peer, so
/// that a stranger who guesses locks out the stranger, and nobody else; and for each account, so
/// that many peers together guess no faster. Whoever has logged in from a peer before is not held
/// up by what others do. What failed is forgotten when nothing has failed for an hour.
public final class Throttle {
  private static final int FREE_TRIES = 5;
  private static final int FREE_TRIES_OF_ALL = 50;
  private static final long PAUSE_MILLIS = 1_000;
  private static final long PAUSE_MAX_MILLIS = Duration.ofMinutes(15).toMillis();

  /// Short, so that strangers together only make others wait, and never keep them out.
  private static final long PAUSE_OF_ALL_MILLIS = 5_000;

  private static final long FORGOTTEN_AFTER_MILLIS = Duration.ofHours(1).toMillis();

  private static final int KEPT_MAX = 10_000;
  private static final int DOUBLINGS_MAX = 20;

  private final LongSupplier clockMillis;
  private final Map<Pair, Failures> ofPairs = bounded();
  private final Map<String, Failures> ofAccounts = bounded();
  private final Map<String, Set<String>> trusted = bounded();

  private record Pair(String account, String peer) {}

  private record Failures(int count, long lastAtMillis) {}

  public Throttle(LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
  }

  /// How long this peer has to wait before it may try; zero when it may.
  public synchronized Duration wait(String account, String peer) {
    var own = left(ofPairs.get(new Pair(account, peer)), FREE_TRIES, PAUSE_MAX_MILLIS);
    var known = trusted.getOrDefault(account, Set.of()).contains(peer);
    var others = known ? 0 : left(ofAccounts.get(account), FREE_TRIES_OF_ALL, PAUSE_OF_ALL_MILLIS);
    return Duration.ofMillis(Math.max(own, others));
  }

  public synchronized void failed(String account, String peer) {
    count(ofPairs, new Pair(account, peer));
    count(ofAccounts, account);
  }

  public synchronized void succeeded(String account, String peer) {
    ofPairs.remove(new Pair(account, peer));
    var peers = trusted.computeIfAbsent(account, _ -> new HashSet<>());
    if (peers.size() < 100) peers.add(peer);
  }

  private <K> void count(Map<K, Failures> failures, K key) {
    var before = failures.get(key);
    var count = before == null || isForgotten(before) ? 0 : before.count();
    failures.put(key, new Failures(count + 1, clockMillis.getAsLong()));
  }

  private boolean isForgotten(Failures failures) {
    return clockMillis.getAsLong() - failures.lastAtMillis() >= FORGOTTEN_AFTER_MILLIS;
  }

  private long left(@Nullable Failures counted, int free, long pauseMaxMillis) {
    if (counted == null || counted.count() < free) return 0;
    var doublings = Math.min(counted.count() - free, DOUBLINGS_MAX);
    var pause = Math.min(PAUSE_MILLIS << doublings, pauseMaxMillis);
    return Math.max(0, counted.lastAtMillis() + pause - clockMillis.getAsLong());
  }

  /// What was touched longest ago is forgotten first.
  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT_MAX;
      }
    };
  }
}
