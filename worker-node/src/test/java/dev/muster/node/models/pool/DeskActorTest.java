package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.muster.node.models.Usage;
import dev.muster.node.models.pool.Wish.Candidate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two nodes with one desk.
class DeskActorTest {
  private static final RateLimits THREE = new RateLimits(3, 0, 3, 16);
  private static final InstantSource CLOCK = new Pools.Time();

  private final ActorTestKit first = node();
  private @Nullable ActorTestKit other;

  private static ActorTestKit node() {
    return ActorTestKit.create(
        "desks",
        ConfigFactory.parseString(
                """
                pekko.actor.provider = cluster
                pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                pekko.cluster.roles = [worker]
                pekko.cluster.jmx.enabled = off
                """)
            .withFallback(ConfigFactory.load()));
  }

  @AfterEach
  void close() {
    if (other != null) other.shutdownTestKit();
    first.shutdownTestKit();
  }

  private static Wish wish(boolean rotates, Candidate... candidates) {
    return new Wish("p", List.of(candidates), rotates, 10);
  }

  private static Grant ask(Desk desk, Wish wish) throws Exception {
    return desk.reserve(wish).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void join(ActorTestKit node, ActorTestKit other) {
    var cluster = Cluster.get(node.system());
    cluster.manager().tell(Join.create(Cluster.get(other.system()).selfMember().address()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.selfMember().status().equals(MemberStatus.up()));
  }

  @Test
  void aLimitIsOneLimitForAllNodesAndSoAreTheCounts() throws Exception {
    var second = node();
    other = second;
    join(first, first);
    join(second, first);
    var here = ClusterDesk.of(first.system(), "worker", CLOCK);
    var there = ClusterDesk.of(second.system(), "worker", CLOCK);
    var wish = wish(false, new Candidate("openai", "m", THREE));

    var one = (Grant.Granted) ask(here, wish);
    var two = (Grant.Granted) ask(there, wish);
    assertThat(ask(here, wish)).isInstanceOf(Grant.Granted.class);
    assertThat(one.permit()).isNotEqualTo(two.permit());
    assertThat(ask(there, wish))
        .isEqualTo(
            new Grant.Later(
                Duration.ofSeconds(61), "provider openai: 3 of 3 requests a minute used"));
    assertThat(ask(here, wish)).isInstanceOf(Grant.Later.class);

    there.settle(
        "openai",
        two.permit(),
        new Outcome(Outcome.Result.SUCCESS, 120, Usage.of(30, 20, 10), 5L, null, ""));
    Awaitility.await().until(() -> counted(here).successes() == 1);
    assertThat(counted(here)).isEqualTo(counted(there));
    assertThat(counted(here).inFlight()).isEqualTo(2);
    assertThat(counted(here).costMicros()).isEqualTo(5);
  }

  @Test
  void whoeverFindsNoPlaceGetsTheNextInTurnAndOnlyWhoStillWaits() throws Exception {
    var desk = own(CLOCK);
    var one = new RateLimits(0, 0, 1, 1);
    var held = (Grant.Granted) ask(desk, waiting("a", one));
    desk.reserve(waiting("b", one));
    var third = desk.reserve(waiting("c", one)).toCompletableFuture();
    // Who comes again stands where it stood.
    var again = desk.reserve(waiting("b", one)).toCompletableFuture();
    assertThat(ask(desk, wish(false, new Candidate("p", "m", one))))
        .as("without a ticket")
        .isInstanceOf(Grant.Later.class);

    desk.settle("p", held.permit(), done());
    var granted = (Grant.Granted) again.get(10, TimeUnit.SECONDS);
    assertThat(third.isDone()).isFalse();
    desk.settle("p", granted.permit(), done());
    assertThat(third.get(10, TimeUnit.SECONDS)).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void whoeverWaitsLongIsToldWhereItStandsAndWhoeverLeavesIsForgotten() throws Exception {
    var time = new Pools.Time();
    var desk = own(time);
    var one = new RateLimits(0, 0, 1, 1);
    var held = (Grant.Granted) ask(desk, waiting("a", one));
    var left = desk.reserve(waiting("b", one)).toCompletableFuture();
    // It has arrived when what was said after it is answered.
    desk.report().toCompletableFuture().get(10, TimeUnit.SECONDS);
    time.sleep(Line.ANSWERED_WITHIN);
    assertThat(left.get(10, TimeUnit.SECONDS))
        .isEqualTo(new Grant.InLine(0, "provider p: 1 of 1 calls in flight"));

    var next = desk.reserve(waiting("c", one)).toCompletableFuture();
    desk.settle("p", held.permit(), done());
    assertThat(next.get(10, TimeUnit.SECONDS)).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void placesOfANodeThatIsGoneAreFree() throws Exception {
    var second = node();
    other = second;
    join(first, first);
    join(second, first);
    var here = ClusterDesk.of(first.system(), "worker", InstantSource.system());
    var there = ClusterDesk.of(second.system(), "worker", InstantSource.system());
    var one = new RateLimits(0, 0, 1, 1);
    assertThat(ask(there, waiting("a", one))).isInstanceOf(Grant.Granted.class);
    var next = here.reserve(waiting("b", one)).toCompletableFuture();
    var address = Cluster.get(second.system()).selfMember().address();
    Cluster.get(first.system()).manager().tell(new Down(address));
    Grant grant = next.get(10, TimeUnit.SECONDS);
    while (grant instanceof Grant.InLine) grant = ask(here, waiting("b", one));
    assertThat(grant).isInstanceOf(Grant.Granted.class);
  }

  private ClusterDesk own(InstantSource clock) {
    return ClusterDesk.own(first.system(), first.spawn(DeskActor.create(clock)));
  }

  private static Wish waiting(String ticket, RateLimits limits) {
    return new Wish("p", List.of(new Candidate("p", "m", limits)), false, 10, ticket, null);
  }

  private static Outcome done() {
    return new Outcome(Outcome.Result.SUCCESS, 1, Usage.of(1, 1, 0), 0L, null, "");
  }

  private static ProviderReport counted(Desk desk) throws Exception {
    return desk.report().toCompletableFuture().get(10, TimeUnit.SECONDS).providers().getFirst();
  }

  @Test
  void allThatTravelsCanBeRead() {
    var kit = new SerializationTestKit(first.system());
    var probe = first.<Grant>createTestProbe();
    var reports = first.<Desk.Report>createTestProbe();
    var outcome =
        new Outcome(
            Outcome.Result.LIMITED, 3, Usage.UNTOLD, null, Duration.ofSeconds(4), "slow down");
    for (Object message :
        List.of(
            new DeskActor.Reserve(wish(true, new Candidate("a", "m", THREE)), probe.getRef()),
            new DeskActor.Settle("a", 7, outcome),
            new DeskActor.Describe(reports.getRef()),
            new Grant.Granted(1, "a", "m"),
            new Grant.InLine(3, "why"),
            new DeskActor.Reserve(waiting("t", THREE), probe.getRef()),
            new Grant.Later(Duration.ofSeconds(3), "why"),
            new Desk.Report(
                CLOCK.instant(),
                List.of(ProviderReport.none("a", THREE, CLOCK.instant())),
                List.of(ProviderReport.none("site", THREE, CLOCK.instant()))))) {
      assertThat(kit.verifySerialization(message, true)).isEqualTo(message);
    }
  }
}
