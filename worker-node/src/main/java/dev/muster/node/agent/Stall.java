package dev.muster.node.agent;

import dev.muster.protocol.agent.Entry;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tells when an agent goes in circles. It looks at what was done and what came of it, never at how
/// long it took. Pure.
final class Stall {
  private Stall() {}

  /// Something an agent did.
  sealed interface Act {
    /// A turn without a call.
    record Talk(boolean empty) implements Act {}

    record Done(Entry.Call call, String told, boolean failed) implements Act {
      private boolean isSame(Done other) {
        return call.name().equals(other.call.name())
            && call.arguments().equals(other.call.arguments())
            && told.equals(other.told);
      }
    }
  }

  /// Why it makes no progress, as a clause about it; null when it may.
  ///
  /// @param acts the newest last
  static @Nullable String of(List<Act> acts, StallLimits limits) {
    var talks = last(acts, limits.talks());
    if (all(last(acts, limits.emptyTurns()), it -> it instanceof Act.Talk talk && talk.empty())) {
      return "%d turns in a row were empty".formatted(limits.emptyTurns());
    }
    if (all(talks, Act.Talk.class::isInstance)) {
      return "%d turns in a row called no tool".formatted(limits.talks());
    }
    var same = last(acts, limits.sameCalls());
    if (same.getFirst() instanceof Act.Done first && all(same, it -> isSame(it, first))) {
      return "`%s` was called %d times with the same arguments and the same outcome"
          .formatted(first.call().name(), limits.sameCalls());
    }
    var errors = last(acts, limits.sameErrors());
    if (errors.getFirst() instanceof Act.Done first
        && all(errors, it -> it instanceof Act.Done done && isSameError(done, first))) {
      return "the last %d calls failed with the same error".formatted(limits.sameErrors());
    }
    return pingPong(last(acts, 2 * limits.pingPongs()), limits.pingPongs());
  }

  private static @Nullable String pingPong(List<Act> acts, int times) {
    if (acts.size() < 2 * times
        || !(acts.get(0) instanceof Act.Done one)
        || !(acts.get(1) instanceof Act.Done other)
        || one.isSame(other)) {
      return null;
    }
    for (var i = 0; i < acts.size(); i++) {
      if (!isSame(acts.get(i), i % 2 == 0 ? one : other)) return null;
    }
    return "`%s` and `%s` took turns %d times with the same outcomes"
        .formatted(one.call().name(), other.call().name(), times);
  }

  private static boolean isSame(Act act, Act.Done other) {
    return act instanceof Act.Done done && done.isSame(other);
  }

  private static boolean isSameError(Act.Done done, Act.Done other) {
    return done.failed() && other.failed() && done.told().equals(other.told());
  }

  /// Empty when there are not so many, of which nothing can be said.
  private static List<Act> last(List<Act> acts, int count) {
    return acts.size() < count
        ? List.of(new Act.Talk(false))
        : acts.subList(acts.size() - count, acts.size());
  }

  private static boolean all(List<Act> acts, Predicate<Act> test) {
    return acts.size() > 1 && acts.stream().allMatch(test);
  }
}
