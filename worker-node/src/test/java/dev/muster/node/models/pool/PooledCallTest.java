package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ProviderKind;
import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Turn;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whole calls: the pool, the real client, and servers of ours.
class PooledCallTest {
  private static final ModelRequest HI = ModelRequest.of("Hi.");

  private final ModelServer first = ModelServer.open();
  private final ModelServer second = ModelServer.open();
  private final Pools.Time time = new Pools.Time();
  private final Pools.LocalDesk desk = new Pools.LocalDesk(time);
  private RateLimits limits = RateLimits.NONE;

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private ModelPool pool() {
    var settings =
        Pools.settings(
            List.of(
                Pools.provider("one", ProviderKind.OPENAI, URI.create(first.url() + "/v1"), limits),
                Pools.provider("two", ProviderKind.ANTHROPIC, second.url(), limits)),
            List.of());
    var real = ModelPool.overHttp(settings, desk, time, new Random(1));
    return new ModelPool(settings, desk, real.ports(), time, time, new Random(1));
  }

  private PoolReply ask(Profile... profiles) throws Exception {
    return ask(HI, profiles);
  }

  private PoolReply ask(ModelRequest request, Profile... profiles) throws Exception {
    return ask("somebody", request, profiles);
  }

  private PoolReply ask(String asker, ModelRequest request, Profile... profiles) throws Exception {
    return pool()
        .begin(List.of(profiles), request, asker, Duration.ofSeconds(30), ModelEvents.NOBODY)
        .reply()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static PoolReply.Answered answered(PoolReply reply) {
    assertThat(reply).isInstanceOf(PoolReply.Answered.class);
    return (PoolReply.Answered) reply;
  }

  @Test
  void theFirstAnswersWhileItCanAndTheCostIsKnown() throws Exception {
    first.script(Turn.say("hello"));

    var answer = answered(ask(Pools.profile("p", false, "one", "two")));

    assertThat(answer.provider()).isEqualTo("one");
    assertThat(answer.costMicros()).isEqualTo(Math.round(7 + 0.4 + 14));
    assertThat(desk.of("one").tally().tokensIn()).isEqualTo(11);
    assertThat(second.received()).isEmpty();
  }

  @Test
  void whoRotatesAsksOneAfterTheOther() throws Exception {
    first.otherwise(_ -> Turn.say("one"));
    second.otherwise(_ -> Turn.say("two"));
    var order = new ArrayList<String>();

    for (var i = 0; i < 4; i++) {
      order.add(answered(ask(Pools.profile("p", true, "one", "two"))).provider());
    }

    assertThat(order).containsExactly("one", "two", "one", "two");
  }

  @Test
  void aRefusalForTheRateGoesToTheNextAndTheFirstIsLeftAlone() throws Exception {
    first.script(Turn.limited("20"), Turn.say("again"));
    second.script(Turn.say("two"), Turn.say("two"));
    var profile = Pools.profile("p", false, "one", "two");

    assertThat(answered(ask(profile)).provider()).isEqualTo("two");
    assertThat(answered(ask(profile)).provider()).isEqualTo("two");
    assertThat(first.received()).hasSize(1);
    assertThat(time.slept()).isZero();
    time.sleep(Duration.ofSeconds(20));
    assertThat(answered(ask(profile)).provider()).isEqualTo("one");
  }

  @Test
  void whoseWindowIsTooSmallIsPassedOverAsLongAsSomebodyElseHasRoom() throws Exception {
    var one = List.of(new Profile.Target("one", "m"));
    var small = new Profile("small", one, false, 0.2, 1_000, 2_000, Set.of(), Set.of());
    var question = ModelRequest.of("x".repeat(3_100));
    second.script(Turn.say("hello"));
    var answer = answered(ask(question, small, Pools.profile("large", false, "two")));
    assertThat(answer.provider()).isEqualTo("two");
    assertThat(answer.before().toString()).contains("one/m context overflow", "window of 2000");
    assertThat(first.received()).isEmpty();

    first.script(Turn.say("hello"));
    assertThat(answered(ask(question, small)).provider()).isEqualTo("one");
  }

  @Test
  void quotaAndContextOverflowGoToTheNext() throws Exception {
    first.script(
        Turn.status(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"),
        Turn.status(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}"));
    second.otherwise(_ -> Turn.say("two"));

    assertThat(answered(ask(Pools.profile("p", false, "one", "two"))).before().toString())
        .contains("one/m quota used up");
    time.sleep(Duration.ofMinutes(15));
    assertThat(answered(ask(Pools.profile("p", false, "one", "two"))).before().toString())
        .contains("one/m context overflow");
  }

  @Test
  void faultsAreTriedAgainAfterOneAndTwoSeconds() throws Exception {
    first.script(Turn.status(500, ""), new Turn.Cut("half"), Turn.say("at last"));

    var answer = answered(ask(Pools.profile("p", false, "one")));

    assertThat(answer.before()).hasSize(2);
    assertThat(time.slept())
        .isBetween(Duration.ofMillis(2_250), Duration.ofMillis(3_750)); // 1 s and 2 s, ± a quarter
  }

  @Test
  void whatStaysBrokenIsToBeTriedLater() throws Exception {
    first.otherwise(_ -> Turn.status(500, "{\"error\":{\"message\":\"broken\"}}"));

    var reply = ask(Pools.profile("p", false, "one"));

    assertThat(first.received()).hasSize(4);
    assertThat(time.slept()).isBetween(Duration.ofMillis(5_250), Duration.ofMillis(8_750));
    assertThat(reply).isInstanceOf(PoolReply.Exhausted.class);
    var exhausted = (PoolReply.Exhausted) reply;
    assertThat(exhausted.again()).isEqualTo(Duration.ofSeconds(30));
    assertThat(exhausted.why()).isEqualTo("one/m unreachable: answered 500 `broken`");
  }

  @Test
  void whatFailsForOneConversationIsTheProvidersFaultOnlyOnceItDoesForOthers() throws Exception {
    first.otherwise(_ -> new Turn.Cut("half"));
    var profile = Pools.profile("p", false, "one");
    ask("a", HI, profile);
    ask("a", HI, profile);
    ask("b", HI, profile);
    assertThat(desk.of("one").breaker()).isInstanceOf(Breaker.Closed.class);

    // The third opens it, and is what it lets through after 30 s.
    ask("c", HI, profile);

    assertThat(ask("d", HI, profile).toString()).contains("provider one: its breaker is open: ");
  }

  @Test
  void whenAllAreLimitedTheCallSaysWhenToComeAgain() throws Exception {
    first.script(Turn.limited("300"));
    second.script(Turn.limited("90"));

    var reply = ask(Pools.profile("p", false, "one", "two"));

    assertThat(reply).isInstanceOf(PoolReply.Exhausted.class);
    assertThat(((PoolReply.Exhausted) reply).again()).isEqualTo(Duration.ofSeconds(90));
    assertThat(time.slept()).isZero();
  }

  @Test
  void aShortWaitIsWaited() throws Exception {
    first.script(Turn.limited("3"), Turn.say("thanks"));

    assertThat(answered(ask(Pools.profile("p", false, "one"))).answer().text()).isEqualTo("thanks");
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whoeverSaysAtOnceIsStillAskedSlowerAndSlower() throws Exception {
    first.otherwise(_ -> Turn.limited("0"));

    var reply = ask(Pools.profile("p", false, "one"));

    assertThat(reply).isInstanceOf(PoolReply.Exhausted.class);
    assertThat(first.received()).hasSize(5); // after 1, 2, 4 and 8 s; 16 more are too long
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void theNextProfileIsTheFallbackAndThenItFails() throws Exception {
    first.otherwise(_ -> Turn.status(404, "{\"error\":{\"message\":\"no such model\"}}"));
    second.script(Turn.say("two"), Turn.status(401, ""));
    var strong = Pools.profile("strong", false, "one");
    var local = Pools.profile("local", false, "two");

    assertThat(answered(ask(strong, local)).profile()).isEqualTo("local");
    var reply = ask(strong, local);
    assertThat(reply).isInstanceOf(PoolReply.Failed.class);
    assertThat(((PoolReply.Failed) reply).failures().toString())
        .contains("one/m rejected: answered 404 `no such model`")
        .contains("two/m not let in: answered 401");
  }

  @Test
  void cancellingEndsWhatIsInFlightAndIsNobodysFault() throws Exception {
    first.script(new Turn.Silence());
    var call =
        pool()
            .begin(
                List.of(Pools.profile("p", false, "one", "two")),
                HI,
                "somebody",
                Duration.ofSeconds(30),
                ModelEvents.NOBODY);
    Awaitility.await().until(() -> first.received().size() == 1);

    call.cancel();

    assertThat(call.reply().toCompletableFuture().get(5, TimeUnit.SECONDS))
        .isInstanceOf(PoolReply.Cancelled.class);
    Awaitility.await().until(() -> first.inFlight() == 0);
    Awaitility.await().until(() -> desk.of("one").tally().cancelled() == 1);
    assertThat(desk.of("one").pending()).isEmpty();
    assertThat(second.received()).isEmpty();
  }

  @Test
  void noMoreCallsAreInFlightThanMayBe() throws Exception {
    limits = new RateLimits(0, 0, 1, 4);
    first.otherwise(_ -> new Turn.Late(Duration.ofMillis(30), Turn.say("hello")));
    // Real waiting: the held clock would run away from the server.
    var settings =
        Pools.settings(
            List.of(
                Pools.provider(
                    "one", ProviderKind.OPENAI, URI.create(first.url() + "/v1"), limits)),
            List.of());
    var real = ModelPool.overHttp(settings, desk, time, new Random(1));
    var pool =
        new ModelPool(settings, desk, real.ports(), _ -> Thread.sleep(5), time, new Random(1));
    var calls = new ArrayList<PooledCall>();

    for (var i = 0; i < 20; i++) {
      calls.add(
          pool.begin(
              List.of(Pools.profile("p", false, "one")),
              HI,
              "somebody",
              Duration.ofHours(1),
              ModelEvents.NOBODY));
    }

    for (var call : calls) {
      answered(call.reply().toCompletableFuture().get(20, TimeUnit.SECONDS));
    }
    assertThat(first.inFlightMax()).isBetween(2, 4);
    assertThat(desk.of("one").tally().successes()).isEqualTo(20);
  }
}
