package dev.muster.orchestrator.http;

import dev.muster.orchestrator.identity.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Places that callers share: nobody takes more than half of them, and a quarter is kept for
/// administrators, so that whoever has to pull a plug gets through. Strangers have a few places of
/// their own, and none of these.
final class Shares {
  private final int all;
  private final int kept;
  private final int each;
  private final int strangersMax;
  private final Map<String, Integer> taken = new HashMap<>();
  private int total;
  private int strangers;

  Shares(int all, int strangersMax) {
    this.all = all;
    this.kept = all / 4;
    this.each = Math.max(1, all / 2);
    this.strangersMax = strangersMax;
  }

  /// @param principal null for a stranger
  /// @return how to give the place back, once; null when there is none
  @Nullable Runnable take(@Nullable Principal principal) {
    return principal == null ? takeAsStranger() : takeAs(principal);
  }

  private synchronized @Nullable Runnable takeAs(Principal principal) {
    var mine = taken.getOrDefault(principal.name(), 0);
    var admitted = principal.isAdmin() ? total < all : total < all - kept && mine < each;
    if (!admitted) return null;
    total++;
    taken.put(principal.name(), mine + 1);
    return once(() -> giveBack(principal.name()));
  }

  private synchronized @Nullable Runnable takeAsStranger() {
    if (strangers >= strangersMax) return null;
    strangers++;
    return once(this::strangerLeaves);
  }

  private synchronized void giveBack(String name) {
    total--;
    taken.computeIfPresent(name, (_, count) -> count > 1 ? count - 1 : null);
  }

  private synchronized void strangerLeaves() {
    strangers--;
  }

  private static Runnable once(Runnable action) {
    var left = new java.util.concurrent.atomic.AtomicBoolean(true);
    return () -> {
      if (left.compareAndSet(true, false)) action.run();
    };
  }
}
