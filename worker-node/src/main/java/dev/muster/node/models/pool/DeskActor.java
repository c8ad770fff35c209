package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// The desk of a cluster. It remembers nothing beyond its own life: where it moves, counting begins
/// anew, and for up to a minute more may be asked than the limits allow, which the providers then
/// refuse themselves.
public final class DeskActor extends AbstractBehavior<DeskActor.Command> {
  public sealed interface Command extends CborSerializable {}

  public record Reserve(Wish wish, ActorRef<Grant> replyTo) implements Command {}

  public record Settle(String provider, long permit, Outcome outcome) implements Command {}

  public record Describe(ActorRef<Desk.Report> replyTo) implements Command {}

  private final InstantSource clock;
  private final Instant since;
  private PoolState pool;

  public static Behavior<Command> create(InstantSource clock) {
    return Behaviors.setup(context -> new DeskActor(context, clock));
  }

  private DeskActor(ActorContext<Command> context, InstantSource clock) {
    super(context);
    this.clock = clock;
    this.since = clock.instant();
    // Far more calls than a desk sees in the time between two of them.
    this.pool = PoolState.empty(since.toEpochMilli() * 1_000);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reserve.class, this::reserve)
        .onMessage(Settle.class, this::settle)
        .onMessage(Describe.class, this::describe)
        .build();
  }

  private Behavior<Command> reserve(Reserve reserve) {
    var reserved = pool.reserve(reserve.wish(), clock.instant());
    pool = reserved.next();
    reserve.replyTo().tell(reserved.grant());
    return this;
  }

  private Behavior<Command> settle(Settle settle) {
    pool = pool.settle(settle.provider(), settle.permit(), settle.outcome(), clock.instant());
    return this;
  }

  private Behavior<Command> describe(Describe describe) {
    var now = clock.instant();
    describe.replyTo().tell(new Desk.Report(since, ProviderReport.of(pool, now)));
    return this;
  }
}
