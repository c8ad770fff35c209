package dev.muster.node.models.pool;

import dev.muster.node.models.KeySource;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Every provider and profile of this node.
///
/// @param endpoints addresses with limits of their own
public record ModelSettings(
    Map<String, Provider> providers,
    Map<String, Profile> profiles,
    List<Endpoint> endpoints,
    Pace pace) {
  public static final ModelSettings NONE =
      new ModelSettings(Map.of(), Map.of(), List.of(), Pace.STANDARD);

  /// With limits of providers alone, at the usual pace.
  public ModelSettings(Map<String, Provider> providers, Map<String, Profile> profiles) {
    this(providers, profiles, List.of(), Pace.STANDARD);
  }

  public ModelSettings {
    providers = Map.copyOf(providers);
    endpoints = List.copyOf(endpoints);
    // In the order in which they were written.
    profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    for (var profile : profiles.values()) {
      for (var target : profile.targets()) {
        if (!providers.containsKey(target.provider())) {
          throw new IllegalArgumentException(profile.name() + ": no provider " + target);
        }
      }
    }
  }

  /// The same, with other ways to the keys.
  public ModelSettings withKeys(UnaryOperator<KeySource> other) {
    var changed = new LinkedHashMap<String, Provider>();
    providers.forEach((name, it) -> changed.put(name, it.with(other.apply(it.key()))));
    return new ModelSettings(changed, profiles, endpoints, pace);
  }

  /// The nearest that it lies behind; null when it lies behind none.
  public @Nullable Endpoint endpoint(Provider provider) {
    return endpoints.stream()
        .filter(it -> it.holds(provider.url()))
        .max(Comparator.comparingInt(it -> it.url().length()))
        .orElse(null);
  }

  Wish.Candidate candidate(Profile.Target target) {
    var provider = provider(target.provider());
    return new Wish.Candidate(
        target.provider(), target.model(), provider.limits(), endpoint(provider), pace.breaking());
  }

  Provider provider(String name) {
    var provider = providers.get(name);
    if (provider == null) throw new IllegalArgumentException("no provider " + name);
    return provider;
  }

  /// Null when it is not known.
  public @Nullable Price price(Profile.Target target) {
    return provider(target.provider()).prices().get(target.model());
  }
}
