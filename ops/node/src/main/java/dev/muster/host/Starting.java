package dev.muster.host;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import dev.muster.host.settings.Settings;
import dev.muster.node.app.WorkerNode;
import dev.muster.node.executor.Executor;
import dev.muster.node.sandbox.Watchdog;
import dev.muster.node.worker.Witness;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.server.HttpServer;
import dev.muster.orchestrator.app.Orchestrator;
import dev.muster.orchestrator.engine.membership.DatabaseSetup;
import dev.muster.orchestrator.engine.membership.Membership;
import dev.muster.orchestrator.engine.membership.NodeRegistry;
import dev.muster.orchestrator.engine.membership.Self;
import dev.muster.orchestrator.engine.membership.SharedClock;
import dev.muster.orchestrator.engine.placement.HeadroomAllocation;
import dev.muster.protocol.proof.SealsSetup;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings up one node, each part on those before it, and remembers what has to be closed.
final class Starting {
  private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

  /// Less than the others wait before they take over, so that the children of a JVM that stands
  /// still are gone by then.
  private static final Duration STILL_MAX = Duration.ofSeconds(5);

  /// Usually far less than a second; a starved machine may need more.
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  /// For everything at a stop but the grace of running attempts.
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final NodeOptions options;
  private final Settings settings;
  private final NodeKind kind;
  private final String version;
  private final SharedClock clock;
  private final NodeTrust trust;
  private final Presence presence;
  private final Deque<AutoCloseable> opened;
  private final Sandboxes sandboxes;
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

  private @Nullable Termination termination;
  private volatile @Nullable ActorRef<Executor.Command> executor;

  Starting(NodeOptions options, String version, InstantSource clock, Deque<AutoCloseable> opened) {
    this.options = options;
    this.settings = options.settings();
    this.kind = new NodeKind(options);
    this.version = version;
    this.clock = new SharedClock(clock);
    this.opened = opened;
    this.trust = new NodeTrust(settings, kind, this.clock);
    this.presence = new Presence(options.notices());
    this.sandboxes = new Sandboxes(settings, options.data());
  }

  /// What is opened is closed in the opposite order: first the actors, last the database, and the
  /// registry hears from this node as long as its actors live.
  RunningNode start() throws IOException, InterruptedException {
    // Reading Pekko's own configuration and trying the sandbox take as long as opening the
    // database: all at once.
    blocking.execute(() -> ConfigFactory.defaultReference(NodeClasses.ALL));
    var sandbox = kind.works() ? CompletableFuture.supplyAsync(sandboxes::open, blocking) : null;
    var stores = Stores.open(options, clock, opened);
    opened.push(presence::leave);
    if (!options.control()) opened.push(IdleHeap.watch(stores.database()::forgetPages));
    var watchdog = kind.works() && kind.isOneOfSeveral() ? watchdog() : null;
    if (sandbox != null) opened.push(() -> sandbox.join().close());
    if (kind.works()) opened.push(HousekeepingRounds.begin(options, stores, clock));
    var orchestrating =
        kind.orchestrates()
            ? Orchestrating.create(options, version, clock, blocking, stores, trust.seals(), opened)
            : null;
    var system = system(stores);
    var listening = Listening.of(options);
    var server = new HttpServer(system, listening.http(), presence::health);
    var url = listening.bind(server);
    if (kind.isOneOfSeveral()) stores.database().awaitSchema(presence::waitForDatabase);
    stores.files().claim();

    var registry = new NodeRegistry(stores.database().control());
    if (kind.isOneOfSeveral()) {
      learnTheTime(registry);
      opened.push(trust.keep(stores.database()));
    }
    var self = kind.self(system);
    var member = member(system, registry, self);
    var witness = new Witness(trust.seals(), stores.violations()::of);
    var working = new Working(options, self, stores, sandboxes, witness, clock, member::standing);
    // Not before there is somebody to put the node out: it believes nothing more once it has
    // stalled.
    if (watchdog != null) watchdog.start();
    // Who is alone need not be ready for others when it becomes a member.
    if (!kind.isOneOfSeveral()) member.start();
    var api =
        begin(
            system,
            guardian -> {
              var models = new ModelDesk(kind, stores.secrets(), clock).begin(guardian);
              var placement = kind.orchestrates() ? HeadroomAllocation.start(guardian) : null;
              var confined = sandbox == null ? null : Sandboxes.joined(sandbox);
              if (confined != null) {
                executor =
                    working.begin(
                        guardian, models, placement, confined, watchdog, presence::isPutOut);
              } else if (placement != null) {
                reachWorkers(guardian, placement, self, member);
              }
              if (orchestrating != null) {
                return orchestrating.begin(guardian, models, member::isMember, confined);
              }
              Orchestrator.reach(system);
              return null;
            });
    if (api != null) server.serve(api);
    if (api != null && !options.control()) {
      opened.push(DeletionRounds.begin(settings.keep().runs(), api, settings.nodeName()));
    }
    if (kind.isOneOfSeveral()) member.start();
    presence.placedBy(member);
    awaitPlace(member);
    return new StartedNode(
        system, requireNonNull(termination), url, settings.http().tokenFile(), executor, opened);
  }

  private Membership member(ActorSystem<?> system, NodeRegistry registry, Self self) {
    return new Membership(
        system,
        registry,
        self,
        settings.cluster().seeds(),
        !kind.isOneOfSeveral(),
        clock,
        presence::putOut,
        options.notices());
  }

  /// From a node that runs none.
  private void reachWorkers(
      ActorContext<?> guardian, HeadroomAllocation placement, Self self, Membership member) {
    WorkerNode.reach(guardian.getSystem(), placement);
    if (kind.isMeasured()) {
      new Monitoring(options, self, clock, member::standing)
          .begin(guardian, null, null, () -> null);
    }
  }

  private static @Nullable Api begin(
      ActorSystem<Guardian.Begin> system, Function<ActorContext<?>, @Nullable Api> parts) {
    var api = new CompletableFuture<@Nullable Api>();
    // What has not begun when the system ends (the JVM is told to stop) never does.
    system
        .getWhenTerminated()
        .whenComplete((_, _) ->
            api.completeExceptionally(
                failure("the node was ended while it started; its log says by what")));
    system.tell(new Guardian.Begin(parts, api));
    return joined(api);
  }

  /// Who is alone has nobody to wait for, and who asks the node something needs it to have a place.
  private void awaitPlace(Membership member) throws InterruptedException {
    var awaited = options.usedAtOnce() || !kind.isOneOfSeveral();
    if (awaited && !member.awaitMember(READY_WITHIN)) {
      throw failure(
          "the node found no place in the cluster within %d s; its log says whom it asked"
              .formatted(READY_WITHIN.toSeconds()));
    }
  }

  private static NodeStartException failure(String why) {
    return new NodeStartException(NodeStartException.Kind.OTHER, why, null);
  }

  // --- its parts ---

  private void learnTheTime(NodeRegistry registry) {
    var nanos = System.nanoTime();
    clock.learn(registry.now(), nanos);
  }

  private ActorSystem<Guardian.Begin> system(Stores stores) {
    var system =
        ActorSystem.create(
            Guardian.create(),
            "muster",
            ActorSystemSetup.create(
                BootstrapSetup.create(
                    Optional.of(NodeClasses.ALL),
                    Optional.of(
                        NodeConfig.of(stores.database().settings(), settings, kind.roles())),
                    Optional.empty()),
                new DatabaseSetup(stores.database().control()),
                SSLEngineProviderSetup.create(_ -> trust.transport()),
                new SealsSetup(
                    trust.seals(),
                    clock,
                    why -> stores.violations().of("a node", "a message", why))));
    presence.guardedBy(new Fence(system));
    var ending = Termination.of(system);
    opened.push(() -> terminate(system, ending));
    // When the JVM is told to end, the transport ends with it unless somebody here still needs it:
    // to hand over what this node hosts.
    CoordinatedShutdown.get(system).addJvmShutdownHook(() -> endWithJvm(system, ending));
    termination = ending;
    return system;
  }

  private Watchdog watchdog() {
    var watchdog = new Watchdog(options.data(), STILL_MAX, presence::putOut);
    opened.push(watchdog);
    return watchdog;
  }

  /// What a part threw, without the future around it.
  private static <T extends @Nullable Object> T joined(CompletableFuture<T> parts) {
    try {
      return parts.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw e;
    }
  }

  private void terminate(ActorSystem<?> system, Termination termination) throws Exception {
    system.terminate();
    var max = kind.isOneOfSeveral() ? STOP_MAX.plus(settings.cluster().grace()) : STOP_MAX;
    termination.ended().get(max.toSeconds(), TimeUnit.SECONDS);
  }

  private void endWithJvm(ActorSystem<?> system, Termination termination) {
    try {
      terminate(system, termination);
    } catch (Exception e) {
      LOG.warn("the node did not end in good order: {}", e.toString());
    }
  }
}
