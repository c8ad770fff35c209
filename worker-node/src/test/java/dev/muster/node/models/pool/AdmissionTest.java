package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.Usage;
import dev.muster.node.models.pool.Outcome.Result;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When nobody new is to begin asking, and that it never lasts.
class AdmissionTest {
  private static final RateLimits TEN = new RateLimits(10, 0, 10, 16);
  private static final Outcome DONE = outcome(Result.SUCCESS, null, "");
  private final Pools.Time time = new Pools.Time();
  private final Pools.LocalDesk desk = new Pools.LocalDesk(time);

  private static Outcome outcome(Result result, @Nullable Duration after, String words) {
    return new Outcome(result, 1, Usage.UNTOLD, null, after, words);
  }

  private ModelGauge gauge(RateLimits limits, String... providers) {
    var all =
        List.of(providers).stream()
            .map(it ->
                Pools.provider(it, ProviderKind.OPENAI, URI.create("http://127.0.0.1:1"), limits))
            .toList();
    return gauge(Pools.settings(all, List.of(Pools.profile("p", false, providers))), desk);
  }

  private ModelGauge gauge(ModelSettings settings, Desk whose) {
    return new ModelGauge(ModelPool.overHttp(settings, whose, time, new Random(0)));
  }

  private void calls(String provider, int count, Outcome outcome) {
    for (var i = 0; i < count; i++) {
      var wish = new Wish("p", List.of(new Wish.Candidate(provider, "m", TEN)), false, 10);
      var grant = (Grant.Granted) desk.reserve(wish).toCompletableFuture().join();
      desk.settle(provider, grant.permit(), outcome);
    }
  }

  private static @Nullable List<String> said(ModelGauge gauge) {
    gauge.get(); // asks
    return gauge.get();
  }

  @Test
  void itEndsAtFourFifthsOfEveryProvidersLimitAndGoesOnAMinuteLater() throws Exception {
    var gauge = gauge(TEN, "openai", "other");
    calls("openai", 8, DONE);
    assertThat(said(gauge)).isEmpty();
    calls("other", 9, DONE);
    assertThat(said(gauge))
        .containsExactly(
            "provider openai: 8 of 10 requests a minute used",
            "provider other: 9 of 10 requests a minute used");
    time.sleep(Duration.ofSeconds(62));
    assertThat(said(gauge)).isEmpty();
  }

  @Test
  void whoAskedToBeLeftAloneIsUntilThen() throws Exception {
    var gauge = gauge(TEN, "openai");
    calls("openai", 1, outcome(Result.QUOTA, Duration.ofHours(1), "the quota is used up"));
    assertThat(said(gauge))
        .containsExactly(
            "provider openai: to be left alone until 2026-01-01T01:00:00.000Z: the quota is used"
                + " up");
    time.sleep(Duration.ofMinutes(61));
    assertThat(said(gauge)).isEmpty();
  }

  @Test
  void anOpenBreakerHoldsNobodyLongerThanItIsOpen() throws Exception {
    var gauge = gauge(TEN, "openai");
    calls("openai", 3, outcome(Result.FAULT, null, "500"));
    assertThat(said(gauge))
        .containsExactly(
            "provider openai: its breaker is open until 2026-01-01T00:00:30.000Z: 500");
    time.sleep(Breaking.STANDARD.open());
    assertThat(said(gauge)).isEmpty();
  }

  @Test
  void whereNothingIsSetUpNothingIsSaidAndASilentDeskRefusesNobody() {
    assertThat(said(gauge(ModelSettings.NONE, desk))).isNull();
    var provider =
        Pools.provider("openai", ProviderKind.OPENAI, URI.create("http://127.0.0.1:1"), TEN);
    var settings = Pools.settings(List.of(provider), List.of(Pools.profile("p", false, "openai")));
    assertThat(said(gauge(settings, new SilentDesk()))).isEmpty();
  }

  private static final class SilentDesk implements Desk {
    @Override
    public CompletionStage<Grant> reserve(Wish wish) {
      return new CompletableFuture<>();
    }

    @Override
    public void settle(String provider, long permit, Outcome outcome) {}

    @Override
    public CompletionStage<Report> report() {
      return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
    }
  }
}
