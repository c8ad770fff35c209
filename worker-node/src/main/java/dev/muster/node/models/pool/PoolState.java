package dev.muster.node.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All providers: who is asked next, and what came of it. Pure.
///
/// @param nextPermit numbers of calls go on from here
/// @param turns how often a profile that rotates has been asked for
record PoolState(long nextPermit, Map<String, ProviderState> providers, Map<String, Long> turns) {
  /// Where nobody says when, somebody looks again soon.
  private static final Duration AGAIN = Duration.ofSeconds(1);

  PoolState {
    providers = Map.copyOf(providers);
    turns = Map.copyOf(turns);
  }

  /// @param firstPermit such that an earlier desk gave out no such numbers
  static PoolState empty(long firstPermit) {
    return new PoolState(firstPermit, Map.of(), Map.of());
  }

  /// @param full whether a call that ends may make place for it
  record Reserved(PoolState next, Grant grant, boolean full) {}

  Reserved reserve(Wish wish, Instant now) {
    return reserve(wish, "", now);
  }

  /// @param owner the node that wishes
  Reserved reserve(Wish wish, String owner, Instant now) {
    var order = order(wish);
    var holds = new ArrayList<String>();
    var soonest = Instant.MAX;
    var full = false;
    for (var candidate : order) {
      var provider = provider(candidate, now);
      var hold = provider.hold(candidate.limits(), wish.tokens(), now);
      if (hold == null) return granted(wish, candidate, provider, owner, now);
      holds.add("provider " + candidate.provider() + ": " + hold.why());
      if (hold.until().isBefore(soonest)) soonest = hold.until();
      full |= hold.full();
    }
    var wait = holds.isEmpty() ? AGAIN : Duration.between(now, soonest);
    return new Reserved(this, new Grant.Later(wait, String.join("; ", holds)), full);
  }

  private List<Wish.Candidate> order(Wish wish) {
    var count = wish.candidates().size();
    if (!wish.rotates() || count < 2) return wish.candidates();
    var first = (int) (turns.getOrDefault(wish.profile(), 0L) % count);
    var order = new ArrayList<>(wish.candidates().subList(first, count));
    order.addAll(wish.candidates().subList(0, first));
    return order;
  }

  private ProviderState provider(Wish.Candidate candidate, Instant now) {
    var known = providers.get(candidate.provider());
    return known == null ? ProviderState.idle(candidate.limits(), now) : known;
  }

  private Reserved granted(
      Wish wish, Wish.Candidate candidate, ProviderState provider, String owner, Instant now) {
    var begun = provider.begin(nextPermit, owner, candidate.limits(), wish.tokens(), now);
    var took = new HashMap<>(turns);
    if (wish.rotates()) took.merge(wish.profile(), 1L, Long::sum);
    var next = new PoolState(nextPermit + 1, with(candidate.provider(), begun), took);
    return new Reserved(
        next, new Grant.Granted(nextPermit, candidate.provider(), candidate.model()), false);
  }

  /// Nobody will tell what became of the calls of a node that is gone.
  PoolState without(String owner) {
    var left = new HashMap<String, ProviderState>();
    providers.forEach((name, provider) -> left.put(name, provider.without(owner)));
    return new PoolState(nextPermit, left, turns);
  }

  PoolState settle(String name, long permit, Outcome outcome, Instant now) {
    var provider = providers.get(name);
    if (provider == null) return this;
    return new PoolState(nextPermit, with(name, provider.settle(permit, outcome, now)), turns);
  }

  private Map<String, ProviderState> with(String name, ProviderState provider) {
    var more = new HashMap<>(providers);
    more.put(name, provider);
    return more;
  }
}
