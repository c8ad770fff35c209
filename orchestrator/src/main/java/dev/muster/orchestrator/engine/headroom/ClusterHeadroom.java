package dev.muster.orchestrator.engine.headroom;

import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomCommand.Describe;
import dev.muster.protocol.headroom.HeadroomCommand.Recall;
import dev.muster.protocol.headroom.HeadroomCommand.Reported;
import dev.muster.protocol.headroom.HeadroomCommand.Subscribe;
import dev.muster.protocol.headroom.HeadroomCommand.Tick;
import dev.muster.protocol.headroom.HeadroomCommand.Unsubscribe;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/// One view of all nodes, fed by the resource monitor of each. A node that says nothing for three
/// intervals has no headroom, since nobody knows whether it still lives.
public final class ClusterHeadroom extends AbstractBehavior<HeadroomCommand> {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Set<ActorRef<ClusterView>> subscribers = new HashSet<>();
  private final InstantSource clock;
  private NodesState nodes = NodesState.EMPTY;
  private TrendState trend = TrendState.EMPTY;
  private long samples;

  /// Figures that subscribers have not been told.
  private boolean untold;

  public static Behavior<HeadroomCommand> create(InstantSource clock) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Tick(), INTERVAL);
          context
              .getSystem()
              .receptionist()
              .tell(Receptionist.register(HeadroomCommand.SERVICE_KEY, context.getSelf()));
          return new ClusterHeadroom(context, clock);
        }));
  }

  private ClusterHeadroom(ActorContext<HeadroomCommand> context, InstantSource clock) {
    super(context);
    this.clock = clock;
  }

  @Override
  public Receive<HeadroomCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reported.class, reported -> take(reported.headroom()))
        .onMessage(Tick.class, _ -> look())
        .onMessage(Recall.class, this::recall)
        .onMessage(Describe.class, describe -> answer(describe.replyTo()))
        .onMessage(Subscribe.class, subscribe -> subscribe(subscribe.subscriber()))
        .onMessage(Unsubscribe.class, unsubscribe -> unsubscribe(unsubscribe.subscriber()))
        .onSignal(Terminated.class, this::forget)
        .build();
  }

  private Behavior<HeadroomCommand> take(NodeHeadroom headroom) {
    samples++;
    var isNews = nodes.isNews(headroom);
    var now = clock.instant();
    nodes = nodes.with(headroom, now);
    trend = trend.with(headroom, now);
    if (isNews) {
      trend = trend.seen(nodes.headrooms(), now);
      tellEverybody();
    } else {
      untold = true;
    }
    return this;
  }

  /// All reports are passed on, since a run may have limits of its own, which only the figures
  /// tell: but those of one interval together, so that many nodes and many runs do not multiply.
  private Behavior<HeadroomCommand> look() {
    var now = clock.instant();
    var next = nodes.silenced(now);
    if (!next.equals(nodes)) untold = true;
    nodes = next;
    trend = trend.among(nodes.names()).seen(nodes.headrooms(), now);
    if (untold) tellEverybody();
    return this;
  }

  private void tellEverybody() {
    untold = false;
    subscribers.forEach(this::answer);
  }

  private Behavior<HeadroomCommand> answer(ActorRef<ClusterView> replyTo) {
    replyTo.tell(new ClusterView(nodes.headrooms(), samples));
    return this;
  }

  private Behavior<HeadroomCommand> recall(Recall recall) {
    recall.replyTo().tell(trend.of(recall.node()));
    return this;
  }

  private Behavior<HeadroomCommand> subscribe(ActorRef<ClusterView> subscriber) {
    subscribers.add(subscriber);
    getContext().watch(subscriber);
    return answer(subscriber);
  }

  private Behavior<HeadroomCommand> unsubscribe(ActorRef<ClusterView> subscriber) {
    if (subscribers.remove(subscriber)) getContext().unwatch(subscriber);
    return this;
  }

  private Behavior<HeadroomCommand> forget(Terminated terminated) {
    subscribers.removeIf(it -> it.path().equals(terminated.getRef().path()));
    return this;
  }
}
