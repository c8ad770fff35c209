package dev.muster.node.models.pool;

import dev.muster.node.models.KeySource;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Every provider and profile of this node.
///
/// @param waitMax how long one call may wait for its turn before it is told when to come again
public record ModelSettings(
    Map<String, Provider> providers, Map<String, Profile> profiles, Duration waitMax) {
  public static final Duration WAIT_MAX = Duration.ofSeconds(30);
  public static final ModelSettings NONE = new ModelSettings(Map.of(), Map.of(), WAIT_MAX);

  public ModelSettings {
    providers = Map.copyOf(providers);
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
    return new ModelSettings(changed, profiles, waitMax);
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
