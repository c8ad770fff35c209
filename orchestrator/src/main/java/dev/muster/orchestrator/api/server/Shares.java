package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.security.identity.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Places that callers share: nobody but an administrator takes more than half of them, and a
/// quarter is kept for those, so that whoever has to pull a plug gets through. Strangers have a few
/// places of their own, and none of these.
final class Shares {
  private final int all;
  private final int kept;
  private final int each;
  private final int strangersMax;
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<String, Integer> strangers = new HashMap<>();
  private int total;
  private int strangersTotal;

  Shares(int all, int strangersMax) {
    this.all = all;
    this.kept = all / 4;
    this.each = Math.max(1, all / 2);
    this.strangersMax = strangersMax;
  }

  /// @return how to give the place back; null when there is none. Giving it back twice is harmless
  synchronized @Nullable Runnable take(Principal principal) {
    var mine = taken.getOrDefault(principal.name(), 0);
    var admitted = principal.isAdmin() ? total < all : total < all - kept && mine < each;
    if (!admitted) return null;
    total++;
    taken.put(principal.name(), mine + 1);
    return once(() -> giveBack(principal.name()));
  }

  /// @param group of whom no more than half of the strangers' places are taken
  synchronized @Nullable Runnable takeAsStranger(String group) {
    var mine = strangers.getOrDefault(group, 0);
    if (strangersTotal >= strangersMax || mine >= strangersMax / 2) return null;
    strangersTotal++;
    strangers.put(group, mine + 1);
    return once(() -> strangerLeaves(group));
  }

  private synchronized void giveBack(String name) {
    total--;
    taken.computeIfPresent(name, (_, count) -> count > 1 ? count - 1 : null);
  }

  private synchronized void strangerLeaves(String group) {
    strangersTotal--;
    strangers.computeIfPresent(group, (_, count) -> count > 1 ? count - 1 : null);
  }

  private static Runnable once(Runnable action) {
    var left = new java.util.concurrent.atomic.AtomicBoolean(true);
    return () -> {
      if (left.compareAndSet(true, false)) action.run();
    };
  }
}
