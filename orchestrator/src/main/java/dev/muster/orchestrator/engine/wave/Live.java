package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What workers under way last said, and on which nodes they were then. Not journalled: after a
/// crash everybody is asked again.
final class Live {
  private record Said(
      WorkerPhase phase, @Nullable String node, boolean talks, @Nullable String detail) {}

  private final Map<String, Said> said = new HashMap<>();

  /// The node that workers of a shard last spoke from. The next of them will be there, too, also
  /// when it is dead and nobody has noticed yet.
  private final Map<String, String> homes = new HashMap<>();

  /// @param talks whether it works by a model
  void put(String run, Member member, WorkerStatus status, boolean talks) {
    var node = status.node();
    said.put(member.id(), new Said(status.phase(), node, talks, status.detail()));
    if (node != null) homes.put(shard(run, member), node);
  }

  void remove(String worker) {
    said.remove(worker);
  }

  /// RUNNING also while nothing is known: it may be.
  WorkerPhase of(Member member) {
    if (!member.underWay()) return member.phase();
    var last = said.get(member.id());
    return last == null ? WorkerPhase.RUNNING : last.phase();
  }

  /// Where it is, as far as is known, or where it would be if it were released now.
  @Nullable String node(String run, Member member) {
    var last = said.get(member.id());
    return last != null && last.node() != null ? last.node() : homes.get(shard(run, member));
  }

  private static String shard(String run, Member member) {
    return new WorkerAddress(run, member.id(), member.planned().labels()).shardId();
  }

  /// It takes a slot, or soon will.
  boolean busy(Member member) {
    return switch (of(member)) {
      case RUNNING, VALIDATING, BACKOFF -> true;
      case ENLISTED,
          AWAITING_APPROVAL,
          AWAITING_ANSWER,
          PAUSED,
          COMPLETED,
          FAILED,
          BLOCKED,
          CANCELLED,
          REHEARSED ->
          false;
    };
  }

  /// It is busy, but most of the time with waiting for a model, and then takes no slot.
  boolean talks(Member member) {
    var last = said.get(member.id());
    return last != null && last.talks() && busy(member);
  }

  /// It waits for its next try, and until then runs nothing. Whoever waits for models talks.
  boolean rests(Member member) {
    return of(member) == WorkerPhase.BACKOFF && !talks(member);
  }

  /// Which models are used up, where it waits for them; null where it does not.
  @Nullable String parked(Member member) {
    var last = said.get(member.id());
    return last != null && last.phase() == WorkerPhase.BACKOFF && last.talks()
        ? last.detail()
        : null;
  }

  boolean awaiting(Member member) {
    return of(member).awaitsPerson();
  }
}
