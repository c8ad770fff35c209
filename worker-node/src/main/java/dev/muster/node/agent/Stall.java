package dev.muster.node.agent;

import dev.muster.protocol.agent.Entry;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tells when an agent goes in circles. It looks at what was done and what came of it, never at how
/// long it took. Pure.
final class Stall {
  private static final int SAME_CALLS = 3;
  private static final int SAME_ERRORS = 4;
  private static final int TALKS = 3;
  private static final int EMPTY_TURNS = 2;
  private static final int PING_PONG = 6;

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
  static @Nullable String of(List<Act> acts) {
    var talks = last(acts, TALKS);
    if (all(last(acts, EMPTY_TURNS), it -> it instanceof Act.Talk talk && talk.empty())) {
      return "%d turns in a row were empty".formatted(EMPTY_TURNS);
    }
    if (all(talks, Act.Talk.class::isInstance)) {
      return "%d turns in a row called no tool".formatted(TALKS);
    }
    var same = last(acts, SAME_CALLS);
    if (same.getFirst() instanceof Act.Done first && all(same, it -> isSame(it, first))) {
      return "`%s` was called %d times with the same arguments and the same outcome"
          .formatted(first.call().name(), SAME_CALLS);
    }
    var errors = last(acts, SAME_ERRORS);
    if (errors.getFirst() instanceof Act.Done first
        && all(errors, it -> it instanceof Act.Done done && isSameError(done, first))) {
      return "the last %d calls failed with the same error".formatted(SAME_ERRORS);
    }
    return pingPong(last(acts, PING_PONG));
  }

  private static @Nullable String pingPong(List<Act> acts) {
    if (acts.size() < PING_PONG
        || !(acts.get(0) instanceof Act.Done one)
        || !(acts.get(1) instanceof Act.Done other)
        || one.isSame(other)) {
      return null;
    }
    for (var i = 0; i < acts.size(); i++) {
      if (!isSame(acts.get(i), i % 2 == 0 ? one : other)) return null;
    }
    return "`%s` and `%s` took turns %d times with the same outcomes"
        .formatted(one.call().name(), other.call().name(), PING_PONG / 2);
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
