package dev.muster.node.worker;

import dev.muster.node.executor.Executor;
import dev.muster.node.executor.Occupancy;
import dev.muster.protocol.worker.ReleaseShards;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;

/// Lets shards of this node go in which no attempt runs. What the node reports is a second old, and
/// one may have begun since.
public final class ShardRelease extends AbstractMatchingBehavior<ShardRelease.Command> {
  /// It is asked through the receptionist.
  public sealed interface Command {}

  private record Asked(ReleaseShards request) implements Command {}

  private record Answered(
      List<String> leaving, @Nullable Occupancy occupancy, ActorRef<ReleaseShards.Released> replyTo)
      implements Command {}

  /// Less than whoever places shards waits.
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

  private final ActorRef<Executor.Command> executor;
  private final Departures departures;

  public static Behavior<Command> create(
      ActorRef<Executor.Command> executor, Departures departures) {
    return Behaviors.supervise(
            Behaviors.<Command>setup(context -> new ShardRelease(context, executor, departures)))
        .onFailure(SupervisorStrategy.restart());
  }

  private ShardRelease(
      ActorContext<Command> context, ActorRef<Executor.Command> executor, Departures departures) {
    super(context);
    this.executor = executor;
    this.departures = departures;
    var requests = context.messageAdapter(ReleaseShards.class, Asked::new);
    context
        .getSystem()
        .receptionist()
        .tell(Receptionist.register(ReleaseShards.SERVICE_KEY, requests));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Asked(var request) -> ask(request);
      case Answered answered -> answer(answered);
    }
    return Behaviors.same();
  }

  /// The executor is asked when no further attempt can begin, and after it was told of those that
  /// have.
  private void ask(ReleaseShards request) {
    var leaving = request.shards().stream().filter(departures::mayLeave).toList();
    getContext()
        .ask(
            Occupancy.class,
            executor,
            ANSWER_WITHIN,
            Executor.Describe::new,
            (occupancy, _) -> new Answered(leaving, occupancy, request.replyTo()));
  }

  private void answer(Answered answered) {
    var released = answered.leaving().stream().filter(it -> isIdle(answered, it)).toList();
    answered.leaving().stream().filter(it -> !released.contains(it)).forEach(departures::stays);
    answered.replyTo().tell(new ReleaseShards.Released(released));
  }

  /// An executor that does not answer may run anything.
  private static boolean isIdle(Answered answered, String shard) {
    var occupancy = answered.occupancy();
    return occupancy != null && !occupancy.isBusy(shard);
  }
}
