package dev.muster.node.models.pool;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Leaves a provider alone that fails again and again, and tries it with one call later. What fails
/// for one conversation alone may be its own doing, and keeps nobody else away. Pure.
sealed interface Breaker {
  /// @param failed whose calls did, since the last answer
  record Closed(Set<String> failed) implements Breaker {
    public Closed {
      failed = Set.copyOf(failed);
    }
  }

  /// @param tried who did last, in vain; null before anybody
  record Open(Instant until, @Nullable String tried) implements Breaker {}

  /// One call is trying.
  ///
  /// @param until when it is taken for lost
  /// @param tried who did before, in vain
  record HalfOpen(Instant until, @Nullable String tried) implements Breaker {}

  static Breaker closed() {
    return new Closed(Set.of());
  }

  /// When it lets a call through; not after `now` when it does already.
  default Instant admitsAt(Instant now) {
    return switch (this) {
      case Closed _ -> now;
      case Open(var until, _) -> until;
      case HalfOpen(var until, _) -> until;
    };
  }

  /// @param lostAt when a call that begins now is taken for lost
  default Breaker begin(Instant lostAt) {
    return switch (this) {
      case Closed _ -> this;
      case Open(_, var tried) -> new HalfOpen(lostAt, tried);
      case HalfOpen(_, var tried) -> new HalfOpen(lostAt, tried);
    };
  }

  /// Whatever it said, it was there.
  default Breaker answered() {
    return closed();
  }

  /// @param asker whose call it was
  default Breaker failed(Breaking rule, String asker, Instant now) {
    return switch (this) {
      case Closed(var failed) -> {
        var all = new HashSet<>(failed);
        all.add(asker);
        yield all.size() < rule.failuresMax()
            ? new Closed(all)
            : new Open(now.plus(rule.open()), null);
      }
      case HalfOpen(_, var tried) when asker.equals(tried) -> new Open(now, tried);
      case HalfOpen _ -> new Open(now.plus(rule.open()), asker);
      case Open _ -> this; // of a call that began earlier
    };
  }

  /// Nothing was learned.
  default Breaker cancelled(Instant now) {
    return switch (this) {
      case HalfOpen(_, var tried) -> new Open(now, tried);
      case Closed _, Open _ -> this;
    };
  }

  default String word() {
    return switch (this) {
      case Closed _ -> "closed";
      case Open _ -> "open";
      case HalfOpen _ -> "half-open";
    };
  }
}
