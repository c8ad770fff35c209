package dev.muster.orchestrator.app;

import dev.muster.orchestrator.journal.storage.ResultsOwnerTable;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/// Says whether the results of a run that has ended are this node's to write: the first that asks
/// gets them, and another one only when that one has left the cluster, or stands still.
@FunctionalInterface
public interface ResultsOwner {
  ResultsOwner ALONE = (_, _) -> true;

  /// @param endedAt which ending of the run
  boolean take(String run, Instant endedAt);

  /// Whether they are still this node's, who has moved on since it asked last.
  default boolean keeps(String run, Instant endedAt) {
    return true;
  }

  /// Takes them from a member that has not moved on for long, or where nobody has begun for as
  /// long. It has to be asked again and again to find that out.
  default boolean takeOver(String run, Instant endedAt) {
    return false;
  }

  /// By the table that all orchestrators share. A node that begins anew is another one.
  static ResultsOwner of(ResultsOwnerTable table, ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    return new SharedResults(
        table, name(cluster.selfMember()), other -> isThere(cluster, other), System::nanoTime);
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
