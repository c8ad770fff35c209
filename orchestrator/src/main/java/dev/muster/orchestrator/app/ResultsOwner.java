package dev.muster.orchestrator.app;

import dev.muster.orchestrator.journal.storage.ResultsOwnerTable;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/// Says whether the results of a run that has ended are this node's to write: the first that asks
/// gets them, and another one only when that one has left the cluster.
@FunctionalInterface
public interface ResultsOwner {
  ResultsOwner ALONE = (_, _) -> true;

  /// @param endedAt which ending of the run
  boolean take(String run, Instant endedAt);

  /// By the table that all orchestrators share. A node that begins anew is another one.
  static ResultsOwner of(ResultsOwnerTable table, ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    return (run, endedAt) ->
        table.take(run, endedAt, name(cluster.selfMember()), other -> isThere(cluster, other));
  }

  private static boolean isThere(Cluster cluster, String name) {
    for (var member : cluster.state().getMembers()) {
      if (name(member).equals(name)) return true;
    }
    return false;
  }

  private static String name(Member member) {
    return member.uniqueAddress().toString();
  }
}
