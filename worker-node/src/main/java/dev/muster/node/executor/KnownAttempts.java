package dev.muster.node.executor;

import dev.muster.node.executor.Executor.Execute;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.worker.WorkerAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The attempts an executor knows: at most one of each worker, by its entity id, that waits for a
/// slot, works, or has ended and still reports.
final class KnownAttempts {
  /// An attempt whose child lives: it works, or it has ended and still reports.
  ///
  /// @param life tells the children of one worker apart
  /// @param lastNumber of its reports; null while it works
  record Known(
      int attempt, int life, ActorRef<Attempt.Message> child, @Nullable Integer lastNumber) {
    boolean works() {
      return lastNumber == null;
    }
  }

  private final Map<String, Known> known = new HashMap<>();
  private final SequencedMap<String, Execute> waiting = new LinkedHashMap<>();
  private long done;

  /// Whether this attempt, or a newer one, is known here. One that has ended is begun anew when the
  /// worker has seen all of its reports: it goes on after a decision.
  boolean isOld(String worker, int attempt, int firstNumber) {
    var queued = waiting.get(worker);
    if (queued != null && queued.attempt() >= attempt) return true;
    var current = known.get(worker);
    if (current == null || current.attempt() < attempt) return false;
    return current.attempt() > attempt
        || current.lastNumber() == null
        || current.lastNumber() >= firstNumber;
  }

  void begin(String worker, int attempt, int life, ActorRef<Attempt.Message> child) {
    known.put(worker, new Known(attempt, life, child, null));
  }

  /// @param work whether it was an attempt, and not a report alone
  void finish(String worker, int life, int lastNumber, boolean work) {
    if (work) done++;
    known.computeIfPresent(
        worker,
        (_, current) ->
            current.life() == life
                ? new Known(current.attempt(), life, current.child(), lastNumber)
                : current);
  }

  /// Also after a child that died without a word.
  void forget(String worker, int life) {
    known.computeIfPresent(worker, (_, current) -> current.life() == life ? null : current);
  }

  /// Takes what is known of a worker out of here; null when its attempt has no child.
  @Nullable Known remove(String worker) {
    waiting.remove(worker);
    return known.remove(worker);
  }

  @Nullable Known of(String worker, int attempt) {
    var current = known.get(worker);
    return current != null && current.attempt() == attempt ? current : null;
  }

  /// Nothing works, and everything that ended here has been told.
  boolean none() {
    return known.isEmpty();
  }

  Stream<Known> working() {
    return known.values().stream().filter(Known::works);
  }

  void queue(String worker, Execute request) {
    waiting.put(worker, request);
  }

  void unqueue(String worker, int attempt) {
    var queued = waiting.get(worker);
    if (queued != null && queued.attempt() == attempt) waiting.remove(worker);
  }

  @Nullable Execute next() {
    var first = waiting.pollFirstEntry();
    return first == null ? null : first.getValue();
  }

  Collection<Execute> queued() {
    return List.copyOf(waiting.values());
  }

  int queueLength() {
    return waiting.size();
  }

  /// Attempts that ended here since the executor began.
  long done() {
    return done;
  }

  /// Where the attempts belong, so that nobody moves them to another node: sorted, and no more than
  /// a report of the node bears.
  List<String> busyShards() {
    return Stream.concat(known.keySet().stream(), waiting.keySet().stream())
        .map(WorkerAddress::shardId)
        .distinct()
        .sorted()
        .limit(NodeHeadroom.BUSY_SHARDS_MAX)
        .toList();
  }
}
