package dev.muster.node.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.RootActorPath;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$Register;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.pattern.Patterns;

/// Registers a shard region with its coordinator where the region itself would not find it.
///
/// The coordinator lives on the oldest orchestrator, while the region of Pekko 1.7.0 looks for it
/// on the oldest node of all, which is a worker once an orchestrator has been restarted. (Pekko's
/// pull request 2918 mends that; with a release that has it, this class can go.) So whenever the
/// region says that it knows no coordinator, the orchestrators are sent what the region would send;
/// the coordinator answers the region itself.
final class CoordinatorFinder extends AbstractBehavior<CoordinatorFinder.Command> {
  sealed interface Command {}

  private enum Look implements Command {
    LOOK
  }

  private record Known(boolean registered) implements Command {}

  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private static final Set<MemberStatus> TAKES_PART =
      Set.of(MemberStatus.up(), MemberStatus.leaving(), MemberStatus.exiting());

  private final Cluster cluster;
  private final ActorRef region;
  private final String coordinatorPath;
  private final String role;

  /// @param type name of the entity type
  /// @param role of the nodes among which the coordinator lives
  static Behavior<Command> create(ActorRef region, String type, String role) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(Look.LOOK, EVERY);
          return new CoordinatorFinder(context, region, type, role);
        }));
  }

  private CoordinatorFinder(
      ActorContext<Command> context, ActorRef region, String type, String role) {
    super(context);
    this.cluster = Cluster.get(context.getSystem());
    this.region = region;
    this.coordinatorPath = "system/sharding/" + type + "Coordinator/singleton/coordinator";
    this.role = role;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Look.LOOK, this::look)
        .onMessage(Known.class, known -> known.registered() ? this : register())
        .build();
  }

  private Behavior<Command> look() {
    if (!TAKES_PART.contains(cluster.selfMember().status())) return this;
    getContext()
        .pipeToSelf(
            Patterns.ask(region, ShardRegion.getCurrentRegionsInstance(), ANSWER_WITHIN),
            (answer, _) ->
                new Known(
                    answer instanceof ShardRegion.CurrentRegions it && !it.getRegions().isEmpty()));
    return this;
  }

  private Behavior<Command> register() {
    var system = Adapter.toClassic(getContext().getSystem());
    for (var member : candidates()) {
      system
          .actorSelection(new RootActorPath(member.address(), "/") + coordinatorPath)
          .tell(new ShardCoordinator$Internal$Register(region), ActorRef.noSender());
    }
    return this;
  }

  /// From the oldest to the first that is up: the coordinator of a node that leaves goes on for a
  /// while.
  private List<Member> candidates() {
    var byAge = new ArrayList<Member>();
    cluster.state().getMembers().forEach(byAge::add);
    byAge.removeIf(member -> !member.hasRole(role));
    byAge.sort(Member.ageOrdering());
    var candidates = new ArrayList<Member>();
    for (var member : byAge) {
      candidates.add(member);
      if (member.status().equals(MemberStatus.up())) break;
    }
    return candidates;
  }
}
