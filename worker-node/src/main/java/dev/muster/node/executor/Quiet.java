package dev.muster.node.executor;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// Who waits until nothing runs on an executor any more.
final class Quiet {
  private final List<ActorRef<Done>> drained = new ArrayList<>();
  private final List<ActorRef<Done>> settled = new ArrayList<>();
  private boolean coming;

  /// Nothing new is taken from now on.
  void drains(ActorRef<Done> replyTo) {
    coming = true;
    drained.add(replyTo);
  }

  /// Waits for the acknowledgements, too.
  void settles(ActorRef<Done> replyTo) {
    settled.add(replyTo);
  }

  /// Whether it has been asked to take nothing new.
  boolean isComing() {
    return coming;
  }

  /// Answers those for whom it is quiet by now.
  void answer(Slots slots, KnownAttempts known) {
    if (!slots.allFree()) return;
    answer(drained);
    if (known.none()) answer(settled);
  }

  private static void answer(List<ActorRef<Done>> waiting) {
    waiting.forEach(replyTo -> replyTo.tell(Done.getInstance()));
    waiting.clear();
  }
}
