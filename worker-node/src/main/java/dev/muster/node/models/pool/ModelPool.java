package dev.muster.node.models.pool;

import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelPort;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.wire.HttpModel;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Carries calls to whichever provider may have them.
///
/// @param ports a provider's own
/// @param random for jitter, never for secrets
public record ModelPool(
    ModelSettings settings,
    Desk desk,
    Function<Provider, ModelPort> ports,
    Pause pause,
    InstantSource clock,
    RandomGenerator random) {
  /// The real thing.
  public static ModelPool overHttp(
      ModelSettings settings, Desk desk, InstantSource clock, RandomGenerator random) {
    var client = new LazyClient();
    return new ModelPool(
        settings,
        desk,
        it -> new HttpModel(client.get(), it.kind(), it.url(), it.key(), it.stream(), clock),
        Thread::sleep,
        clock,
        random);
  }

  /// Most nodes never call a model, and loading what it takes would delay their start.
  private static final class LazyClient {
    private @Nullable HttpClient client;

    synchronized HttpClient get() {
      var there = client;
      if (there != null) return there;
      var made = HttpModel.newClient();
      client = made;
      return made;
    }
  }

  /// Waits for its turn as long as the settings say.
  public PooledCall begin(
      List<Profile> profiles, ModelRequest request, String asker, ModelEvents events) {
    return begin(profiles, request, asker, settings.pace().waitMax(), events);
  }

  /// Begins at once, on a thread of its own.
  ///
  /// @param profiles the first that can; the others are its fallbacks
  /// @param asker whose conversation it is: what fails for it alone keeps nobody else away
  /// @param waitMax how long it may wait for its turn, all in all
  public PooledCall begin(
      List<Profile> profiles,
      ModelRequest request,
      String asker,
      Duration waitMax,
      ModelEvents events) {
    var call = new PooledCall(this, profiles, request, asker, waitMax, events);
    call.start();
    return call;
  }
}
