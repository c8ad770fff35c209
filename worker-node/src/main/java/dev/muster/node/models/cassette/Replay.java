package dev.muster.node.models.cassette;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.pool.Desk;
import dev.muster.node.models.pool.Grant;
import dev.muster.node.models.pool.ModelPool;
import dev.muster.node.models.pool.ModelSettings;
import dev.muster.node.models.pool.Outcome;
import dev.muster.node.models.pool.Profile;
import dev.muster.node.models.pool.Provider;
import dev.muster.node.models.pool.RateLimits;
import dev.muster.node.models.pool.Wish;
import dev.muster.protocol.agent.Cassette;
import dev.muster.protocol.instruction.TaskType;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A pool that has one provider, the tape. It knows no limits, costs nothing, and is not counted
/// among the calls of real ones.
public final class Replay {
  /// Of its provider and of its profile.
  static final String NAME = Cassette.PROVIDER;

  private static final URI NOWHERE = URI.create("cassette:/");

  private Replay() {}

  public static ModelPool of(Cassette cassette, InstantSource clock) {
    var provider =
        new Provider(
            NAME, ProviderKind.OPENAI, NOWHERE, KeySource.NONE, false, RateLimits.NONE, Map.of());
    var profile =
        new Profile(
            NAME,
            List.of(new Profile.Target(NAME, model(cassette))),
            false,
            null,
            Profile.TOKENS_MAX,
            EnumSet.allOf(TaskType.class));
    var settings = new ModelSettings(Map.of(NAME, provider), Map.of(NAME, profile));
    var port = new CassettePort(cassette);
    return new ModelPool(settings, new Willing(), _ -> port, Thread::sleep, clock, new Random(1));
  }

  /// Tapes mix models; who answered each is on the tape.
  private static String model(Cassette cassette) {
    var models = cassette.exchanges().stream().map(Cassette.Exchange::model).distinct().toList();
    return models.size() == 1 ? models.getFirst() : "cassette";
  }

  /// Whoever comes may ask.
  private static final class Willing implements Desk {
    @Override
    public CompletionStage<Grant> reserve(Wish wish) {
      var first = wish.candidates().getFirst();
      return CompletableFuture.completedStage(
          new Grant.Granted(0, first.provider(), first.model()));
    }

    @Override
    public void settle(String provider, long permit, Outcome outcome) {}

    @Override
    public CompletionStage<Report> report() {
      return CompletableFuture.failedStage(new IllegalStateException("a tape counts nothing"));
    }
  }
}
