package dev.muster.node.executor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which permits this life of the JVM has begun to use. When the gate's answer to a claim got lost,
/// this tells that the permit it names was never used, and nobody need be asked.
final class StartedOperations {
  private static final int KEPT_MAX = 100_000;

  private final Set<String> started = ConcurrentHashMap.newKeySet();

  void add(String approval, int attempt) {
    if (started.size() < KEPT_MAX) started.add(approval + "@" + attempt);
  }

  /// True only when it is certain.
  boolean neverStarted(String approval, int attempt) {
    return started.size() < KEPT_MAX && !started.contains(approval + "@" + attempt);
  }
}
