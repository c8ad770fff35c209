package dev.muster.protocol.commons;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.proof.FromOrchestrator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/// What the commons of a run can be told: one entity for what its workers share (the run's id), and
/// one for the notes of each worker (`<run>/<worker>`).
public sealed interface CommonsCommand extends CborSerializable {
  EntityTypeKey<CommonsCommand> TYPE_KEY = EntityTypeKey.create(CommonsCommand.class, "Commons");

  /// A worker wants something. Repeatable: what its step of this ordinal has changed is not changed
  /// again.
  ///
  /// @param ordinal counts the steps of the worker, through all its attempts; 0 when the request
  ///   changes nothing
  record Act(String worker, int ordinal, CommonsRequest request, ActorRef<Told> replyTo)
      implements CommonsCommand {}

  /// What the worker is told.
  ///
  /// @param failed it was refused; `text` says why
  /// @param number of the message that was said, or the last that was told; null for none
  /// @param waits the answer to `number` is still waited for
  record Told(String text, boolean failed, @Nullable Long number, boolean waits)
      implements CborSerializable {
    public static Told of(String text) {
      return new Told(text, false, null, false);
    }

    public static Told refused(String text) {
      return new Told(text, true, null, false);
    }
  }

  /// The run is about to be deleted, or has been.
  record Forget() implements CommonsCommand, FromOrchestrator {}

  /// Whom a request is for.
  static String entityId(String run, String worker, CommonsRequest request) {
    return request.isPrivate() ? run + "/" + worker : run;
  }
}
