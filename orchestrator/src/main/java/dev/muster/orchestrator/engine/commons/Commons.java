package dev.muster.orchestrator.engine.commons;

import dev.muster.protocol.commons.CommonsCommand;
import dev.muster.protocol.commons.CommonsCommand.Act;
import dev.muster.protocol.commons.CommonsCommand.Forget;
import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.commons.CommonsRequest.Ask;
import dev.muster.protocol.commons.CommonsRequest.Await;
import dev.muster.protocol.commons.CommonsRequest.Floor;
import dev.muster.protocol.commons.CommonsRequest.Get;
import dev.muster.protocol.commons.CommonsRequest.Lessons;
import dev.muster.protocol.commons.CommonsRequest.ListKeys;
import dev.muster.protocol.commons.CommonsRequest.News;
import dev.muster.protocol.commons.CommonsRequest.Post;
import dev.muster.protocol.commons.CommonsRequest.Put;
import dev.muster.protocol.commons.CommonsRequest.Read;
import dev.muster.protocol.commons.CommonsRequest.Recall;
import dev.muster.protocol.commons.CommonsRequest.Remember;
import dev.muster.protocol.run.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.jspecify.annotations.Nullable;

/// What the workers of a run share, or what one of them keeps for itself.
///
/// Every change is one worker's step. A step that comes again, from whoever took the worker up
/// after a crash, is told what it came to the first time, and changes nothing.
public final class Commons
    extends EventSourcedBehaviorWithEnforcedReplies<CommonsCommand, CommonsEvent, CommonsState> {
  /// Whoever was not heard of for so long is not in the room. Only whose turn it is hangs on it.
  private static final Duration THERE = Duration.ofMinutes(10);

  /// Questions in a room, unless the settings say otherwise.
  public static final int ROUNDS_MAX = 50;

  private final Supplier<@Nullable RunPlan> plan;
  private final Function<String, CompletionStage<String>> lessons;
  private final int roundsMax;
  private final InstantSource clock;
  private final Map<String, Instant> seen = new HashMap<>();
  private @Nullable Roster roster;

  /// @param entityId as [CommonsCommand] says
  /// @param plan of the run, which is read at most once; null when nobody knows it
  /// @param lessons for a worker of the run
  /// @param roundsMax questions that there may be in one room
  public static Behavior<CommonsCommand> create(
      String entityId,
      Supplier<@Nullable RunPlan> plan,
      Function<String, CompletionStage<String>> lessons,
      int roundsMax,
      InstantSource clock) {
    return new Commons(entityId, plan, lessons, roundsMax, clock);
  }

  private Commons(
      String entityId,
      Supplier<@Nullable RunPlan> plan,
      Function<String, CompletionStage<String>> lessons,
      int roundsMax,
      InstantSource clock) {
    super(
        PersistenceId.of(CommonsCommand.TYPE_KEY.name(), entityId),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.plan = plan;
    this.lessons = lessons;
    this.roundsMax = roundsMax;
    this.clock = clock;
  }

  @Override
  public CommonsState emptyState() {
    return CommonsState.EMPTY;
  }

  @Override
  public EventHandler<CommonsState, CommonsEvent> eventHandler() {
    return CommonsState::evolve;
  }

  /// How often it can change is limited.
  @Override
  public String snapshotPluginId() {
    return "pekko.persistence.no-snapshot-store";
  }

  @Override
  public CommandHandlerWithReply<CommonsCommand, CommonsEvent, CommonsState> commandHandler() {
    return (state, command) ->
        switch (command) {
          case Act(var worker, _, Lessons _, var replyTo) -> {
            lessons
                .apply(worker)
                .exceptionally(_ -> "")
                .thenAccept(text -> replyTo.tell(Told.of(text)));
            yield Effect().noReply();
          }
          case Act act -> act(state, act);
          case Forget _ -> Effect().stop().thenNoReply();
        };
  }

  private ReplyEffect<CommonsEvent, CommonsState> act(CommonsState state, Act act) {
    seen.put(act.worker(), clock.instant());
    var done = act.request().changes() ? state.done(act.worker(), act.ordinal()) : null;
    if (done != null) return Effect().reply(act.replyTo(), Ruling.answer(done));
    var ruling = rule(state, act);
    return Effect().persist(ruling.events()).thenReply(act.replyTo(), _ -> ruling.answer());
  }

  private Ruling rule(CommonsState state, Act act) {
    var values = new Values(state, act.worker(), act.ordinal(), clock.instant());
    return switch (act.request()) {
      case Put put -> values.put(put);
      case Get(var key) -> values.get(key);
      case ListKeys list -> values.list(list);
      case Remember it -> values.remember(it);
      case Recall(var key) -> values.recall(key);
      case Post post -> rooms(state, act).post(post);
      case Ask ask -> rooms(state, act).ask(ask);
      case Floor floor -> rooms(state, act).floor(floor);
      case Await(var question) -> rooms(state, act).await(question);
      case Read(var after) -> rooms(state, act).read(after);
      // Most who ask have no room yet, and need no plan to hear so.
      case News _ when state.rooms().isEmpty() -> Ruling.told(Told.of(""));
      case News(var after) -> rooms(state, act).news(after);
      case Lessons _ -> throw new IllegalStateException("lessons are told before");
    };
  }

  private Rooms rooms(CommonsState state, Act act) {
    var now = clock.instant();
    return new Rooms(
        state,
        roster(),
        act.worker(),
        act.ordinal(),
        worker -> isThere(worker, now),
        roundsMax,
        now);
  }

  private boolean isThere(String worker, Instant now) {
    var at = seen.get(worker);
    return at != null && now.isBefore(at.plus(THERE));
  }

  /// Nobody is in a room of a run that nobody knows.
  private Roster roster() {
    var known = roster;
    if (known != null) return known;
    var found = plan.get();
    if (found == null) throw new IllegalStateException("the plan of the run is not to be found");
    known = Roster.of(found);
    roster = known;
    return known;
  }
}
