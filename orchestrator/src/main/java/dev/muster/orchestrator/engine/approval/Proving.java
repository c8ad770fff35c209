package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Mandated;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Looks at the proof of decisions while their gate goes on, and has the gate hear them again. What
/// was found is kept here and in no message, since a message could be forged, too.
final class Proving {
  static final int AT_ONCE_MAX = 1_000;
  private static final String NONE = "";

  /// What became of a proof.
  sealed interface Finding {
    /// The gate hears the decision again.
    record Later() implements Finding {}

    /// @param refusal in words; null when it is proved
    record Known(@Nullable String refusal) implements Finding {}
  }

  private final String gate;
  private final Proof proof;
  private final ActorRef<ApprovalCommand> self;

  /// Those that the gate has not heard again.
  private final Map<ApprovalCommand, CompletableFuture<String>> looked = new HashMap<>();

  Proving(String gate, Proof proof, ActorRef<ApprovalCommand> self) {
    this.gate = gate;
    this.proof = proof;
    this.self = self;
  }

  <C extends ApprovalCommand & Mandated> Finding look(C decide) {
    var before = looked.get(decide);
    if (before != null && !before.isDone()) return new Finding.Later();
    if (before != null) {
      looked.remove(decide);
      return known(before.join());
    }
    if (looked.size() >= AT_ONCE_MAX) return known("too many are looked at; try again");
    var refusal = text(decide);
    if (refusal.isDone()) return known(refusal.join());
    looked.put(decide, refusal);
    CompletionStage<String> later = refusal;
    later.thenRun(() -> self.tell(decide));
    return new Finding.Later();
  }

  private CompletableFuture<String> text(Mandated decide) {
    return proof
        .refusal(gate, decide)
        .handle((no, problem) -> {
          if (problem != null) return "it could not be looked at: " + problem.getMessage();
          return no == null ? NONE : no;
        })
        .toCompletableFuture();
  }

  private static Finding known(String text) {
    return new Finding.Known(
        text.isEmpty()
            ? null
            : "Expected a decision that an orchestrator vouches for, but " + text + ".");
  }
}
