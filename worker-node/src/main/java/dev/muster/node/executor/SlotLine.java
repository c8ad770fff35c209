package dev.muster.node.executor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The slot of one attempt, as its thread reaches it.
///
/// @param executor null for what needs no slot
record SlotLine(@Nullable ActorRef<Executor.Command> executor, int life) {
  static final SlotLine NONE = new SlotLine(null, 0);

  void giveBack() {
    if (executor != null) executor.tell(new Executor.Yielded(life));
  }

  void take() throws InterruptedException {
    if (executor == null) return;
    var granted = new CompletableFuture<Done>();
    executor.tell(new Executor.Wanted(life, granted));
    try {
      granted.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a slot is never refused", e);
    }
  }
}
