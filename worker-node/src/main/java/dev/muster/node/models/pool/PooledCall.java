package dev.muster.node.models.pool;

import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelPort;
import dev.muster.node.models.ModelReply;
import dev.muster.node.models.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One call on its way from provider to provider. What fails is tried with the next one at once;
/// when all have failed, again after 1, 2 and 4 s, or as the settings say.
public final class PooledCall {
  /// Whatever the desk says: no call knocks at more doors than this.
  private static final int TRIES_MAX = 30;

  /// Of a provider whose calls all are in flight.
  private static final Duration FULL = Duration.ofSeconds(1);

  private static final Duration DESK_SILENT = Duration.ofSeconds(5);

  private final ModelPool pool;
  private final List<Profile> profiles;
  private final ModelRequest request;
  private final String asker;
  private final ModelEvents events;
  private final CompletableFuture<PoolReply> reply = new CompletableFuture<>();
  private final Thread thread = Thread.ofVirtual().name("pooled-call").unstarted(this::run);
  private final List<PoolReply.Failure> failures = new ArrayList<>();
  private final String ticket = UUID.randomUUID().toString();
  private Duration waitLeft;
  private volatile ModelPort.@Nullable Call inFlight;

  PooledCall(
      ModelPool pool,
      List<Profile> profiles,
      ModelRequest request,
      String asker,
      Duration waitMax,
      ModelEvents events) {
    if (profiles.isEmpty()) throw new IllegalArgumentException("no profile");
    this.pool = pool;
    this.profiles = List.copyOf(profiles);
    this.request = request;
    this.asker = asker;
    this.waitLeft = waitMax;
    this.events = events;
  }

  void start() {
    thread.start();
  }

  /// Always completes, and never exceptionally.
  public CompletionStage<PoolReply> reply() {
    return reply.minimalCompletionStage();
  }

  /// Also ends what is in flight.
  public void cancel() {
    if (!reply.complete(new PoolReply.Cancelled())) return;
    var call = inFlight;
    if (call != null) call.cancel();
    thread.interrupt();
  }

  private void run() {
    try {
      reply.complete(throughProfiles());
    } catch (InterruptedException _) {
      reply.complete(new PoolReply.Cancelled());
    } catch (RuntimeException e) {
      reply.complete(
          new PoolReply.Exhausted(DESK_SILENT, "unforeseen: " + e.getClass().getName(), failures));
    }
  }

  /// Somebody who can be asked later is better than nobody.
  private PoolReply throughProfiles() throws InterruptedException {
    PoolReply.Exhausted later = null;
    for (var profile : profiles) {
      if (isPassedOver(profile)) continue;
      switch (new Rounds(profile).go()) {
        case PoolReply.Exhausted exhausted -> {
          if (later == null || exhausted.again().compareTo(later.again()) < 0) later = exhausted;
        }
        case PoolReply.Failed _ -> {}
        case PoolReply.Answered answered -> {
          return answered;
        }
        case PoolReply.Cancelled cancelled -> {
          return cancelled;
        }
      }
    }
    return later == null ? new PoolReply.Failed(failures) : later;
  }

  /// Nobody is asked what does not fit, as long as it fits somebody else: the estimate may err.
  private boolean isPassedOver(Profile profile) {
    if (fits(profile) || profiles.stream().noneMatch(this::fits)) return false;
    var target = profile.targets().getFirst();
    var words =
        "not asked, since its window of %d tokens is too small for about %d and an answer"
            .formatted(profile.window(), request.tokensAbout());
    failures.add(
        new PoolReply.Failure(
            target.provider(), target.model(), new ModelFailure.ContextOverflow(words)));
    return true;
  }

  private boolean fits(Profile profile) {
    return request.tokensAbout() <= profile.questionMax();
  }

  /// The tries with one profile.
  private final class Rounds {
    private final Profile profile;
    private final Set<Profile.Target> passed = new HashSet<>();
    private final Set<Profile.Target> resting = new HashSet<>();
    private int round;

    Rounds(Profile profile) {
      this.profile = profile;
    }

    PoolReply go() throws InterruptedException {
      for (var tries = 0; tries < TRIES_MAX; ) {
        var candidates = candidates();
        if (candidates.isEmpty()) {
          if (resting.isEmpty()) return new PoolReply.Failed(failures);
          if (round == pool.settings().pace().retries()) return broken();
          rest();
          continue;
        }
        var asked = pool.clock().millis();
        switch (grant(candidates)) {
          case Grant.Granted granted -> {
            tries++;
            var done = carry(granted);
            if (done != null) return done;
          }
          case Grant.InLine line -> {
            var waited = Math.max(1, pool.clock().millis() - asked);
            waitLeft = waitLeft.minusMillis(waited);
            if (!resting.isEmpty() && round < pool.settings().pace().retries()) {
              rest();
            } else if (waitLeft.isNegative()) {
              return new PoolReply.Exhausted(
                  FULL, "%s, and %d before it".formatted(line.why(), line.before()), failures);
            }
          }
          case Grant.Later later -> {
            // Those that rest may be ready before.
            if (!resting.isEmpty() && round < pool.settings().pace().retries()) {
              rest();
            } else if (later.again().compareTo(waitLeft) > 0) {
              return new PoolReply.Exhausted(later.again(), later.why(), failures);
            } else {
              waitLeft = waitLeft.minus(later.again());
              pool.pause().sleep(later.again());
            }
          }
        }
      }
      return broken();
    }

    /// What is out of order may be in order later.
    private PoolReply broken() {
      return new PoolReply.Exhausted(
          pool.settings().pace().breaking().open(), failures.getLast().toString(), failures);
    }

    private void rest() throws InterruptedException {
      pool.pause().sleep(jittered(pool.settings().pace().backOff().multipliedBy(1L << round++)));
      resting.clear();
    }

    private List<Wish.Candidate> candidates() {
      return profile.targets().stream()
          .filter(it -> !passed.contains(it) && !resting.contains(it))
          .map(pool.settings()::candidate)
          .toList();
    }

    private Grant grant(List<Wish.Candidate> candidates) throws InterruptedException {
      var tokens = request.tokensAbout() + profile.tokensMax();
      var wish = new Wish(profile.name(), candidates, profile.rotates(), tokens, ticket, asker);
      var asked = pool.desk().reserve(wish).toCompletableFuture();
      try {
        return asked.get();
      } catch (InterruptedException e) {
        var _ = asked.thenAccept(this::giveBack);
        throw e;
      } catch (ExecutionException _) {
        return new Grant.Later(
            DESK_SILENT, "the cluster's model desk gives no answer: it may be moving");
      }
    }

    private void giveBack(Grant grant) {
      if (!(grant instanceof Grant.Granted granted)) return;
      settle(granted, Outcome.of(new ModelFailure.Cancelled("not begun"), 0));
    }

    /// Null when another try is due.
    private @Nullable PoolReply carry(Grant.Granted granted) {
      var target = new Profile.Target(granted.provider(), granted.model());
      var provider = pool.settings().provider(granted.provider());
      var begun = pool.clock().millis();
      events.began(target.provider(), target.model());
      var call = pool.ports().apply(provider).begin(request, profile.tuning(target), events);
      inFlight = call;
      // Whoever cancelled a moment ago did not see it.
      if (reply.isDone()) call.cancel();
      var got = joined(call);
      inFlight = null;
      var took = Math.max(0, pool.clock().millis() - begun);
      switch (got) {
        case ModelReply.Answered(var answer) -> {
          var price = provider.prices().get(target.model());
          var usage = answer.usage();
          var cost = price == null || !usage.told() ? null : price.costMicros(usage);
          settle(granted, new Outcome(Outcome.Result.SUCCESS, took, usage, cost, null, ""));
          return new PoolReply.Answered(
              answer, profile.name(), target.provider(), target.model(), cost, took, failures);
        }
        case ModelReply.Failed(var failure) -> {
          settle(granted, Outcome.of(failure, took));
          if (failure instanceof ModelFailure.Cancelled) return new PoolReply.Cancelled();
          failures.add(new PoolReply.Failure(target.provider(), target.model(), failure));
          leave(target, failure);
          return null;
        }
      }
    }

    private void settle(Grant.Granted granted, Outcome outcome) {
      pool.desk().settle(granted.provider(), granted.permit(), outcome);
    }

    /// The desk itself keeps others from those who said when to come again.
    private void leave(Profile.Target target, ModelFailure failure) {
      switch (failure) {
        case ModelFailure.ContextOverflow _, ModelFailure.Rejected _, ModelFailure.Auth _ ->
            passed.add(target);
        case ModelFailure.Unreachable _, ModelFailure.Cut _, ModelFailure.BadAnswer _ ->
            resting.add(target);
        case ModelFailure.RateLimited _, ModelFailure.Quota _, ModelFailure.Cancelled _ -> {}
      }
    }
  }

  /// An interrupted wait still tells the desk what became of the call.
  private static ModelReply joined(ModelPort.Call call) {
    try {
      return call.reply().toCompletableFuture().get();
    } catch (InterruptedException _) {
      call.cancel();
      return call.reply().toCompletableFuture().join();
    } catch (ExecutionException e) {
      return new ModelReply.Failed(new ModelFailure.BadAnswer("unforeseen: " + e.getCause()));
    }
  }

  private Duration jittered(Duration wait) {
    return Duration.ofMillis(Math.round(wait.toMillis() * (0.75 + pool.random().nextDouble() / 2)));
  }
}
