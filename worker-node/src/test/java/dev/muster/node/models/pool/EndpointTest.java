package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.Usage;
import dev.muster.node.models.pool.Outcome.Result;
import dev.muster.protocol.journal.EventCodec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Limits of an address hold for all that lies behind it, beside those of each.
class EndpointTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Endpoint SITE =
      new Endpoint("site", "https://llm.example", new RateLimits(3, 100, 10, 2));

  private PoolState pool = PoolState.empty(1);

  private static Wish wish(String provider, long tokens) {
    return new Wish(
        "p",
        List.of(new Wish.Candidate(provider, "m", RateLimits.NONE, SITE, Breaking.STANDARD)),
        false,
        tokens);
  }

  private Grant ask(String provider, long tokens, Instant now) {
    var reserved = pool.reserve(wish(provider, tokens), now);
    pool = reserved.next();
    return reserved.grant();
  }

  private void call(String provider, Result result, Usage usage) {
    var granted = (Grant.Granted) ask(provider, 10, NOW);
    var outcome = new Outcome(result, 1, usage, null, null, "it failed");
    pool = pool.settle(provider, granted.permit(), outcome, NOW);
  }

  private String refused(String provider, long tokens, Instant now) {
    return ((Grant.Later) ask(provider, tokens, now)).why();
  }

  @Test
  void providersBehindItShareItsMinute() {
    call("a", Result.SUCCESS, Usage.UNTOLD);
    call("b", Result.SUCCESS, Usage.UNTOLD);
    call("a", Result.SUCCESS, Usage.UNTOLD);
    assertThat(refused("b", 10, NOW))
        .isEqualTo("provider b: endpoint site: 3 of 3 requests a minute used");
    assertThat(ask("b", 10, NOW.plusSeconds(61))).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void tokensAreThoseThatWereUsed() {
    call("a", Result.SUCCESS, Usage.of(60, 20, 0));
    assertThat(refused("b", 30, NOW))
        .isEqualTo(
            "provider b: endpoint site: 80 of 100 tokens a minute used, about 30 more wanted");
  }

  @Test
  void callsInFlightAreThoseOfAllAndOfNoNodeThatIsGone() {
    ask("a", 1, NOW);
    ask("b", 1, NOW);
    var third = pool.reserve(wish("b", 1), NOW);
    assertThat(third.full()).isTrue();
    assertThat(((Grant.Later) third.grant()).why())
        .isEqualTo("provider b: endpoint site: 2 of 2 calls in flight");
    pool = pool.without("");
    assertThat(ask("b", 1, NOW)).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void whatGoesWrongIsItsProvidersAlone() {
    for (var i = 0; i < 3; i++) call("a", Result.FAULT, Usage.UNTOLD);
    var later = NOW.plusSeconds(29);
    assertThat(refused("a", 1, later)).isEqualTo("provider a: its breaker is open: it failed");
    var report = Desk.Report.of(NOW, pool, NOW).endpoints().getFirst();
    assertThat(report.breaker()).isEqualTo("closed");
    assertThat(report.requestsInWindow()).isEqualTo(3);
  }

  @Test
  void aBreakerKeepsToWhatTheAskingNodeHasSet() {
    var once = new Breaking(1, Duration.ofSeconds(5));
    var wish =
        new Wish("p", List.of(new Wish.Candidate("a", "m", RateLimits.NONE, null, once)), false, 1);
    var granted = pool.reserve(wish, NOW);
    var failed = new Outcome(Result.FAULT, 1, Usage.UNTOLD, null, null, "it failed");
    pool = granted.next().settle("a", ((Grant.Granted) granted.grant()).permit(), failed, NOW);
    assertThat(pool.reserve(wish, NOW.plusSeconds(4)).grant()).isInstanceOf(Grant.Later.class);
    assertThat(pool.reserve(wish, NOW.plusSeconds(5)).grant()).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void itHoldsWhatLiesAtItsAddressAndTheNearestCounts() {
    assertThat(SITE.holds(URI.create("https://llm.example"))).isTrue();
    assertThat(SITE.holds(URI.create("https://llm.example/v1"))).isTrue();
    assertThat(SITE.holds(URI.create("https://llm.example.evil/v1"))).isFalse();
  }

  /// Nodes tell one another.
  @Test
  void aWishTravelsWithIt() {
    var wish = wish("a", 1);
    assertThat(EventCodec.decode(EventCodec.encode(wish), Wish.class)).isEqualTo(wish);
  }
}
