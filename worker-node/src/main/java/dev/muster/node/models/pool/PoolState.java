package dev.muster.node.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All providers: who is asked next, and what came of it. Pure.
///
/// @param nextPermit numbers of calls go on from here
/// @param endpoints counted as providers are; what goes wrong with a call is its provider's
/// @param turns how often a profile that rotates has been asked for
record PoolState(
    long nextPermit,
    Map<String, ProviderState> providers,
    Map<String, ProviderState> endpoints,
    Map<String, Long> turns) {
  /// Where nobody says when, somebody looks again soon.
  private static final Duration AGAIN = Duration.ofSeconds(1);

  PoolState {
    providers = Map.copyOf(providers);
    endpoints = Map.copyOf(endpoints);
    turns = Map.copyOf(turns);
  }

  /// @param firstPermit such that an earlier desk gave out no such numbers
  static PoolState empty(long firstPermit) {
    return new PoolState(firstPermit, Map.of(), Map.of(), Map.of());
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
      var hold = hold(candidate, wish.tokens(), now);
      if (hold == null) return granted(wish, candidate, owner, now);
      holds.add("provider " + candidate.provider() + ": " + hold.why());
      if (hold.until().isBefore(soonest)) soonest = hold.until();
      full |= hold.full();
    }
    var wait = holds.isEmpty() ? AGAIN : Duration.between(now, soonest);
    return new Reserved(this, new Grant.Later(wait, String.join("; ", holds)), full);
  }

  private ProviderState.@Nullable Hold hold(Wish.Candidate candidate, long tokens, Instant now) {
    var hold = provider(candidate, now).hold(candidate.limits(), tokens, now);
    var endpoint = candidate.endpoint();
    if (hold != null || endpoint == null) return hold;
    hold = endpoint(endpoint, now).hold(endpoint.limits(), tokens, now);
    return hold == null ? null : hold.at("endpoint " + endpoint.name());
  }

  private ProviderState endpoint(Endpoint endpoint, Instant now) {
    var known = endpoints.get(endpoint.name());
    return known == null ? ProviderState.idle(endpoint.limits(), now) : known;
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

  private Reserved granted(Wish wish, Wish.Candidate candidate, String owner, Instant now) {
    // Whoever does not say who asks is somebody else each time.
    var asker = wish.asker() == null ? "call " + nextPermit : wish.asker();
    var call = new ProviderState.Pending(now, wish.tokens(), owner, asker, candidate.breaking());
    var asked = new HashMap<>(providers);
    asked.put(
        candidate.provider(), provider(candidate, now).begin(call, nextPermit, candidate.limits()));
    var through = new HashMap<>(endpoints);
    var endpoint = candidate.endpoint();
    if (endpoint != null) {
      through.put(
          endpoint.name(), endpoint(endpoint, now).begin(call, nextPermit, endpoint.limits()));
    }
    var took = new HashMap<>(turns);
    if (wish.rotates()) took.merge(wish.profile(), 1L, Long::sum);
    var next = new PoolState(nextPermit + 1, asked, through, took);
    return new Reserved(
        next, new Grant.Granted(nextPermit, candidate.provider(), candidate.model()), false);
  }

  /// Nobody will tell what became of the calls of a node that is gone.
  PoolState without(String owner) {
    return new PoolState(
        nextPermit,
        each(providers, it -> it.without(owner)),
        each(endpoints, it -> it.without(owner)),
        turns);
  }

  /// A permit is known to its provider, and to one endpoint at most.
  PoolState settle(String name, long permit, Outcome outcome, Instant now) {
    var provider = providers.get(name);
    if (provider == null) return this;
    var asked = new HashMap<>(providers);
    asked.put(name, provider.settle(permit, outcome, now));
    return new PoolState(
        nextPermit,
        asked,
        each(endpoints, it -> it.settle(permit, outcome.asUseAlone(), now)),
        turns);
  }

  private static Map<String, ProviderState> each(
      Map<String, ProviderState> states, UnaryOperator<ProviderState> change) {
    var changed = new HashMap<>(states);
    changed.replaceAll((_, it) -> change.apply(it));
    return changed;
  }
}
