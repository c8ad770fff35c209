package dev.muster.node.headroom;

import dev.muster.node.executor.Executor;
import dev.muster.node.executor.Occupancy;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures this node at a steady pace and tells every orchestrator what it has left.
///
/// A sample that does not come (a hung disk) is not made up: the node falls silent, and silent
/// nodes get no work.
public final class ResourceMonitor extends AbstractMatchingBehavior<ResourceMonitor.Command> {
  /// A monitor is told nothing from outside.
  public sealed interface Command {}

  private record Tick() implements Command {}

  private record Log() implements Command {}

  private record Occupied(@Nullable Occupancy occupancy) implements Command {}

  private record Sampled(@Nullable Use use, @Nullable Throwable failure) implements Command {}

  private record Listed(Set<ActorRef<HeadroomCommand>> views) implements Command {}

  private static final Logger RESOURCES = LoggerFactory.getLogger("muster.resources");
  private static final Occupancy NO_EXECUTOR =
      new Occupancy(0, 0, 0, Duration.ZERO, false, List.of(), 0);

  private final MonitorSettings settings;
  private final @Nullable ActorRef<Executor.Command> executor;
  private final Supplier<Intake> intake;
  private final Supplier<@Nullable List<String>> models;
  private final Sampler sampler;
  private final InstantSource clock;
  private final ExecutorService thread;
  private Set<ActorRef<HeadroomCommand>> views = Set.of();
  private HeadroomState state = HeadroomState.UNKNOWN;
  private Occupancy occupancy = NO_EXECUTOR;
  private long occupiedAtNanos = System.nanoTime();
  private boolean sampling;
  private @Nullable NodeHeadroom now;

  /// @param executor whose slots are reported; null on a node that carries out nothing
  /// @param intake asked at every sample
  /// @param models what a report says of them; asked at every sample, and never waits
  public static Behavior<Command> create(
      MonitorSettings settings,
      @Nullable ActorRef<Executor.Command> executor,
      Supplier<Intake> intake,
      Supplier<@Nullable List<String>> models,
      InstantSource clock) {
    return create(
        settings, executor, intake, models, new HostSampler(settings.dataFolder()), clock);
  }

  static Behavior<Command> create(
      MonitorSettings settings,
      @Nullable ActorRef<Executor.Command> executor,
      Supplier<Intake> intake,
      Supplier<@Nullable List<String>> models,
      Sampler sampler,
      InstantSource clock) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new ResourceMonitor(
                context, timers, settings, executor, intake, models, sampler, clock)));
  }

  private ResourceMonitor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      MonitorSettings settings,
      @Nullable ActorRef<Executor.Command> executor,
      Supplier<Intake> intake,
      Supplier<@Nullable List<String>> models,
      Sampler sampler,
      InstantSource clock) {
    super(context);
    this.settings = settings;
    this.executor = executor;
    this.intake = intake;
    this.models = models;
    this.sampler = sampler;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("muster-monitor").factory());
    RESOURCES.info(ResourceLine.HEADER);
    timers.startTimerAtFixedRate(new Tick(), Duration.ZERO, settings.sampleEvery());
    timers.startTimerAtFixedRate(new Log(), settings.logEvery());
    var listings =
        context.messageAdapter(
            Receptionist.Listing.class,
            listing -> new Listed(listing.getServiceInstances(HeadroomCommand.SERVICE_KEY)));
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.subscribe(HeadroomCommand.SERVICE_KEY, listings));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Tick _ -> tick();
      case Log _ -> log();
      case Occupied(var answer) -> sample(answer);
      case Sampled(var use, var failure) -> sampled(use, failure);
      case Listed(var found) -> greet(found);
    }
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) thread.shutdownNow();
    return Behaviors.same();
  }

  /// One sample at a time: a slow one is waited for, not piled upon.
  private void tick() {
    if (sampling) return;
    sampling = true;
    if (executor == null) {
      sample(NO_EXECUTOR);
    } else {
      getContext()
          .ask(
              Occupancy.class,
              executor,
              settings.sampleEvery(),
              Executor.Describe::new,
              (answer, _) -> new Occupied(answer));
    }
  }

  /// An executor that is too busy to answer is taken to be as it was.
  private void sample(@Nullable Occupancy answer) {
    var occupied = answer == null ? occupancy.busy() : average(answer);
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> sampler.sample(occupied), thread), Sampled::new);
  }

  /// Attempts are shorter than the interval, so the slots that are taken at its end tell little.
  private double average(Occupancy answer) {
    var nanos = System.nanoTime();
    var elapsed = Math.max(1, nanos - occupiedAtNanos);
    var slotTime = answer.slotTime().minus(occupancy.slotTime()).toNanos();
    occupiedAtNanos = nanos;
    occupancy = answer;
    return Math.clamp((double) slotTime / elapsed, 0, answer.slots());
  }

  private void sampled(@Nullable Use use, @Nullable Throwable failure) {
    sampling = false;
    if (use == null) {
      getContext().getLog().warn("the node could not be measured", failure);
      return;
    }
    state = state.next(use, settings.limits());
    var reasons = new ArrayList<>(state.reasons());
    if (occupancy.draining()) reasons.add("the node takes no more work");
    var takes = intake.get();
    switch (takes) {
      case OPEN -> {}
      case CUT_OFF -> reasons.add("its database does not answer");
      case DRAINED, EVICTING -> reasons.add("drained: muster nodes uncordon " + settings.node());
    }
    var headroom =
        new NodeHeadroom(
            settings.node(),
            settings.address(),
            settings.incarnation(),
            settings.roles(),
            reasons.isEmpty(),
            reasons,
            use.cpuPercent(),
            use.cpuOwnPercent(),
            use.memoryPercent(),
            use.diskPercent(),
            settings.limits(),
            occupancy.slots(),
            occupancy.busy(),
            clock.instant(),
            settings.labels(),
            takes.isDrained() || occupancy.draining(),
            takes == Intake.EVICTING,
            false,
            occupancy.busyShards(),
            occupancy.queued(),
            occupancy.attemptsDone(),
            settings.sandbox(),
            models.get());
    now = headroom;
    views.forEach(view -> view.tell(new HeadroomCommand.Reported(headroom)));
  }

  private void greet(Set<ActorRef<HeadroomCommand>> found) {
    views = Set.copyOf(found);
    var latest = now;
    if (latest != null) views.forEach(view -> view.tell(new HeadroomCommand.Reported(latest)));
  }

  private void log() {
    if (now != null) RESOURCES.info(ResourceLine.of(now));
  }
}
