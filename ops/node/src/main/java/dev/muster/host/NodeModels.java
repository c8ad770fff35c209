package dev.muster.host;

import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.pool.Desk;
import dev.muster.node.models.pool.Missing;
import dev.muster.node.models.pool.ModelPool;
import dev.muster.node.models.pool.PoolReply;
import dev.muster.node.models.pool.Profile;
import dev.muster.orchestrator.usecase.Models;
import dev.muster.protocol.view.ModelTestView;
import dev.muster.protocol.view.ModelsView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The models of this node, for its API.
record NodeModels(ModelPool pool) implements Models {
  private static final Duration TEST_MAX = Duration.ofSeconds(45);

  /// Nobody sits in front of a test for longer.
  private static final Duration TURN_MAX = Duration.ofSeconds(5);

  private static final Duration COUNTS_MAX = Duration.ofSeconds(6);
  private static final String PROBER = "models test";
  private static final ModelRequest PROBE =
      ModelRequest.of("Reply with the single word: ready")
          .with(new ModelLimits(64 * 1_024, Duration.ofSeconds(30)));

  @Override
  public ModelsView list() {
    var settings = pool.settings();
    var none = settings.providers().isEmpty() || settings.profiles().isEmpty();
    var missing = none ? Missing.WORDS : null;
    var report = settings.providers().isEmpty() ? null : report();
    var problem =
        report == null && !settings.providers().isEmpty()
            ? "no node of the cluster that works says what it has counted"
            : null;
    var views = new ModelViews(settings, pool.clock().instant());
    return new ModelsView(
        missing,
        report == null ? null : report.since(),
        problem,
        views.providers(report),
        views.endpoints(report),
        views.profiles(),
        null,
        List.of());
  }

  private Desk.@Nullable Report report() {
    try {
      return pool.desk()
          .report()
          .toCompletableFuture()
          .get(COUNTS_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public @Nullable ModelTestView test(String name) {
    var profile = pool.settings().profiles().get(name);
    if (profile == null) return null;
    var call = pool.begin(List.of(profile), PROBE, PROBER, TURN_MAX, ModelEvents.NOBODY);
    try {
      var reply =
          call.reply().toCompletableFuture().get(TEST_MAX.toMillis(), TimeUnit.MILLISECONDS);
      return tested(profile, reply);
    } catch (TimeoutException _) {
      call.cancel();
      return failed(
          profile, "no answer within %d s".formatted(TEST_MAX.toSeconds()), 0L, List.of());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      call.cancel();
      return failed(profile, "the node is ending", null, List.of());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a pooled call always completes", e);
    }
  }

  private static ModelTestView tested(Profile profile, PoolReply reply) {
    return switch (reply) {
      case PoolReply.Answered done ->
          new ModelTestView(
              profile.name(),
              true,
              done.provider(),
              done.model(),
              done.answer().text(),
              done.latencyMillis(),
              done.answer().usage().input(),
              done.answer().usage().output(),
              ModelViews.dollars(done.costMicros()),
              null,
              null,
              tries(done.before()));
      case PoolReply.Exhausted(var again, var why, var failures) ->
          failed(profile, why, Math.max(1, again.toSeconds()), failures);
      case PoolReply.Failed(var failures) ->
          failed(profile, "none of its providers could answer", null, failures);
      case PoolReply.Cancelled() -> failed(profile, "cancelled", null, List.of());
    };
  }

  private static ModelTestView failed(
      Profile profile,
      String why,
      @Nullable Long retryAfterSeconds,
      List<PoolReply.Failure> failures) {
    return new ModelTestView(
        profile.name(),
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        why,
        retryAfterSeconds,
        tries(failures));
  }

  private static List<ModelTestView.Try> tries(List<PoolReply.Failure> failures) {
    return failures.stream()
        .map(it -> new ModelTestView.Try(it.provider(), it.model(), it.failure().sentence()))
        .toList();
  }
}
