package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/// The desk of a cluster. It remembers nothing beyond its own life: where it moves, counting begins
/// anew, and for up to a minute more may be asked than the limits allow, which the providers then
/// refuse themselves.
public final class DeskActor extends AbstractBehavior<DeskActor.Command> {
  public sealed interface Command extends CborSerializable {}

  public record Reserve(Wish wish, ActorRef<Grant> replyTo) implements Command {}

  public record Settle(String provider, long permit, Outcome outcome) implements Command {}

  public record Describe(ActorRef<Desk.Report> replyTo) implements Command {}

  /// Somebody stands in the line.
  private record Look() implements Command {}

  /// A node has left the cluster.
  private record Gone(String node) implements Command {}

  private static final Duration LOOKS = Duration.ofMillis(500);

  private final InstantSource clock;
  private final Instant since;
  private final TimerScheduler<Command> timers;
  private final Line line = new Line();
  private PoolState pool;

  public static Behavior<Command> create(InstantSource clock) {
    return Behaviors.withTimers(
        timers -> Behaviors.setup(context -> new DeskActor(context, timers, clock)));
  }

  private DeskActor(
      ActorContext<Command> context, TimerScheduler<Command> timers, InstantSource clock) {
    super(context);
    this.timers = timers;
    this.clock = clock;
    this.since = clock.instant();
    // Far more calls than a desk sees in the time between two of them.
    this.pool = PoolState.empty(since.toEpochMilli() * 1_000);
    var gone =
        context.messageAdapter(
            MemberRemoved.class, it -> new Gone(it.member().address().toString()));
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(gone, MemberRemoved.class));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reserve.class, this::reserve)
        .onMessage(Settle.class, this::settle)
        .onMessage(Describe.class, this::describe)
        .onMessage(Look.class, _ -> served())
        .onMessage(Gone.class, this::gone)
        .build();
  }

  private Behavior<Command> reserve(Reserve reserve) {
    var wish = reserve.wish();
    var ticket = wish.ticket();
    var replyTo = reserve.replyTo();
    var owner = replyTo.path().address().toString();
    var now = clock.instant();
    if (ticket == null || !line.add(new Line.Waiting(ticket, wish, owner, replyTo, now))) {
      var reserved = pool.reserve(wish, owner, now);
      pool = reserved.next();
      replyTo.tell(reserved.grant());
      return this;
    }
    return served();
  }

  private Behavior<Command> settle(Settle settle) {
    pool = pool.settle(settle.provider(), settle.permit(), settle.outcome(), clock.instant());
    return served();
  }

  private Behavior<Command> gone(Gone gone) {
    pool = pool.without(gone.node());
    line.forget(gone.node());
    return served();
  }

  /// Gives places to those who stand in the line, the first first.
  private Behavior<Command> served() {
    var now = clock.instant();
    line.forget(now);
    var before = 0;
    for (var each : line.all()) {
      if (!serve(each, before, now)) before++;
    }
    if (line.isEmpty()) timers.cancel(Look.class);
    else if (!timers.isTimerActive(Look.class)) {
      timers.startTimerWithFixedDelay(Look.class, new Look(), LOOKS);
    }
    return this;
  }

  private boolean serve(Line.Waiting it, int before, Instant now) {
    var replyTo = it.replyTo();
    if (replyTo == null) return false;
    var reserved = pool.reserve(it.wish(), it.owner(), now);
    pool = reserved.next();
    if (!reserved.full()) {
      line.served(it);
      replyTo.tell(reserved.grant());
      return true;
    }
    if (it.isDue(now) && reserved.grant() instanceof Grant.Later(_, var why)) {
      line.told(it, now);
      replyTo.tell(new Grant.InLine(before, why));
    }
    return false;
  }

  private Behavior<Command> describe(Describe describe) {
    var now = clock.instant();
    describe.replyTo().tell(Desk.Report.of(since, pool, now));
    return this;
  }
}
