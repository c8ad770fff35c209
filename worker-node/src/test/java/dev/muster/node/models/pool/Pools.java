package dev.muster.node.models.pool;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.ProviderKind;
import dev.muster.protocol.instruction.TaskType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What tests of the pool share.
public final class Pools {
  private Pools() {}

  /// A clock that moves only when somebody sleeps by it.
  static final class Time implements InstantSource, Pause {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration slept = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
      if (Thread.interrupted()) throw new InterruptedException();
      now = now.plus(duration);
      slept = slept.plus(duration);
    }

    synchronized Duration slept() {
      return slept;
    }
  }

  /// The state by itself, without a cluster.
  public static final class LocalDesk implements Desk {
    private final InstantSource clock;
    private PoolState pool = PoolState.empty(1);

    public LocalDesk(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Grant> reserve(Wish wish) {
      var reserved = pool.reserve(wish, clock.instant());
      pool = reserved.next();
      return CompletableFuture.completedFuture(reserved.grant());
    }

    @Override
    public synchronized void settle(String provider, long permit, Outcome outcome) {
      pool = pool.settle(provider, permit, outcome, clock.instant());
    }

    @Override
    public synchronized CompletionStage<Report> report() {
      var now = clock.instant();
      return CompletableFuture.completedFuture(Report.of(now, pool, now));
    }

    synchronized ProviderState of(String provider) {
      var state = pool.providers().get(provider);
      if (state == null) throw new AssertionError("no call to " + provider);
      return state;
    }
  }

  public static Provider provider(String name, ProviderKind kind, URI url, RateLimits limits) {
    return new Provider(
        name, kind, url, KeySource.NONE, true, limits, Map.of("m", new Price(1, 2, 0.1)));
  }

  public static Profile profile(String name, boolean rotates, String... providers) {
    var targets = List.of(providers).stream().map(it -> new Profile.Target(it, "m")).toList();
    return new Profile(name, targets, rotates, 0.2, 1_000, Set.of(TaskType.values()));
  }

  public static ModelSettings settings(List<Provider> providers, List<Profile> profiles) {
    var byName = new LinkedHashMap<String, Provider>();
    providers.forEach(it -> byName.put(it.name(), it));
    var named = new LinkedHashMap<String, Profile>();
    profiles.forEach(it -> named.put(it.name(), it));
    return new ModelSettings(byName, named);
  }
}
