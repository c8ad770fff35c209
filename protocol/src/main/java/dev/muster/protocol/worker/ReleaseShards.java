package dev.muster.protocol.worker;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.proof.FromOrchestrator;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// Asks a node which of these shards have no attempt there. In those it names no attempt begins for
/// some seconds, so that they can be moved.
public record ReleaseShards(List<String> shards, ActorRef<Released> replyTo)
    implements FromOrchestrator {
  /// Every node that hosts workers answers to it.
  public static final ServiceKey<ReleaseShards> SERVICE_KEY =
      ServiceKey.create(ReleaseShards.class, "ReleaseShards");

  public ReleaseShards {
    shards = List.copyOf(shards);
  }

  /// @param shards that may move now
  public record Released(List<String> shards) implements CborSerializable {
    public Released {
      shards = List.copyOf(shards);
    }
  }
}
