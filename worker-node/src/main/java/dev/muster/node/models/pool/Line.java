package dev.muster.node.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Who waits at the desk for a place among the calls in flight, in the order in which they came.
/// Nobody stands in it for longer than they ask: each is answered after a while, and whoever then
/// does not ask again has left.
final class Line {
  static final int WAITING_MAX = 1_000;

  /// Less than anybody waits for an answer of the desk.
  static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);

  private static final Duration LEFT_AFTER = Duration.ofSeconds(2);

  /// @param replyTo null since it was told that it stands in the line
  /// @param since when it asked last, or was told
  record Waiting(
      String ticket, Wish wish, String owner, @Nullable ActorRef<Grant> replyTo, Instant since) {
    private Waiting told(Instant now) {
      return new Waiting(ticket, wish, owner, null, now);
    }

    boolean isDue(Instant now) {
      return replyTo != null && !now.isBefore(since.plus(ANSWERED_WITHIN));
    }

    private boolean hasLeft(Instant now) {
      return replyTo == null && !now.isBefore(since.plus(LEFT_AFTER));
    }
  }

  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /// In its place, if it has one, else at the end.
  ///
  /// @return whether there was room
  boolean add(Waiting it) {
    if (waiting.size() >= WAITING_MAX && !waiting.containsKey(it.ticket())) return false;
    waiting.put(it.ticket(), it);
    return true;
  }

  /// The first first.
  List<Waiting> all() {
    return new ArrayList<>(waiting.values());
  }

  void served(Waiting it) {
    waiting.remove(it.ticket());
  }

  void told(Waiting it, Instant now) {
    waiting.put(it.ticket(), it.told(now));
  }

  void forget(Instant now) {
    waiting.values().removeIf(it -> it.hasLeft(now));
  }

  void forget(String owner) {
    waiting.values().removeIf(it -> it.owner().equals(owner));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
