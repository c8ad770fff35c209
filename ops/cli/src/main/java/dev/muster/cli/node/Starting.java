package dev.muster.cli.node;

import dev.muster.cli.node.NodeStartException.Kind;
import dev.muster.cli.settings.Settings;
import dev.muster.node.app.ShardedGate;
import dev.muster.node.app.WorkerNode;
import dev.muster.node.executor.Executor;
import dev.muster.node.executor.ExecutorSettings;
import dev.muster.node.executor.Workplace;
import dev.muster.node.headroom.MonitorSettings;
import dev.muster.node.headroom.ResourceMonitor;
import dev.muster.node.sandbox.Sandbox;
import dev.muster.node.worker.NodeIdentity;
import dev.muster.node.worker.RetryPolicy;
import dev.muster.node.workspace.FolderArtifactStore;
import dev.muster.node.workspace.Workspaces;
import dev.muster.orchestrator.app.FolderRuns;
import dev.muster.orchestrator.app.Orchestrator;
import dev.muster.orchestrator.app.ResultsListener;
import dev.muster.orchestrator.http.Api;
import dev.muster.orchestrator.http.HttpServer;
import dev.muster.orchestrator.http.HttpSettings;
import dev.muster.orchestrator.http.Nodes;
import dev.muster.orchestrator.http.OperatorToken;
import dev.muster.orchestrator.http.RunIds;
import dev.muster.orchestrator.http.ShardedGates;
import dev.muster.orchestrator.http.ShardedRuns;
import dev.muster.orchestrator.result.ResultsWriter;
import dev.muster.orchestrator.storage.Database;
import dev.muster.orchestrator.storage.DatabaseSettings;
import dev.muster.orchestrator.storage.InstructionStore;
import dev.muster.orchestrator.view.GateViews;
import dev.muster.orchestrator.view.JournalMark;
import dev.muster.orchestrator.view.JournalReader;
import dev.muster.orchestrator.view.RunViews;
import dev.muster.protocol.headroom.HeadroomCommand;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.jspecify.annotations.Nullable;

/// Brings up one node, each part on those before it, and remembers what has to be closed.
final class Starting {
  private static final int QUEUE_MAX = 1_000;
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  private final NodeOptions options;
  private final Settings settings;
  private final String version;
  private final InstantSource clock;
  private final Deque<AutoCloseable> opened;
  private final Path data;
  private final Sandboxes sandboxes;

  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final SecureRandom random = new SecureRandom();

  Starting(NodeOptions options, String version, InstantSource clock, Deque<AutoCloseable> opened) {
    this.options = options;
    this.settings = options.settings();
    this.version = version;
    this.clock = clock;
    this.opened = opened;
    this.data = options.data();
    this.sandboxes = new Sandboxes(settings, data);
  }

  RunningNode start() throws IOException, InterruptedException {
    // Trying the sandbox takes as long as opening the database: both at once.
    var sandbox =
        options.control() ? null : CompletableFuture.supplyAsync(sandboxes::open, blocking);
    var database = Database.open(databaseSettings(), data);
    opened.push(database);
    var store = new InstructionStore(database.source());
    var journal = new JournalReader(database.source());
    var mark = new JournalMark(journal, clock);
    var views = new RunViews(journal, mark, clock);
    var writer = new ResultsWriter(views, store::find, data.resolve("artifacts"));
    var results = new ResultsListener(writer);
    opened.push(results);
    if (sandbox != null) opened.push(() -> sandbox.join().close());

    var headroom = new CompletableFuture<ActorRef<HeadroomCommand>>();
    var system =
        ActorSystem.<Void>create(
            Behaviors.setup(context -> {
              var view = orchestrate(context, journal, results);
              if (sandbox != null) work(context, Sandboxes.joined(sandbox), store);
              else WorkerNode.reach(context.getSystem());
              headroom.complete(view);
              return Behaviors.empty();
            }),
            "muster",
            NodeConfig.of(database.settings(), roles()));
    opened.push(() -> terminate(system));
    var cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));

    var sharding = ClusterSharding.get(system);
    var runs = new ShardedRuns(sharding);
    var creator =
        new FolderRuns(
            store,
            runs,
            new FolderRuns.Defaults(
                data,
                settings.results(),
                Path.of("").toAbsolutePath(),
                home(),
                settings.slots(),
                settings.approvalWaitMax()));
    var api =
        new Api(
            views,
            new GateViews(journal),
            mark,
            runs,
            new ShardedGates(sharding),
            Nodes.asking(headroom.join(), system),
            creator,
            writer,
            store::text,
            data.resolve("workspaces"),
            database.source(),
            OperatorToken.loadOrCreate(data),
            () -> cluster.selfMember().status().equals(MemberStatus.up()),
            sandbox == null ? null : Sandboxes.view(sandbox.join()),
            clock,
            random,
            version);
    var binding = bind(system, api);
    return new Node(system, url(binding), data.resolve("operator.token"), opened);
  }

  private ActorRef<HeadroomCommand> orchestrate(
      ActorContext<?> guardian, JournalReader journal, ResultsListener results) {
    var headroom = Orchestrator.start(guardian, settings.nodeName(), results, clock);
    if (!options.control()) {
      // Runs of earlier nodes are left alone until somebody asks for them to be resumed.
      var from = options.resume() ? "" : new RunIds(clock, random).next();
      Orchestrator.carryOn(guardian, journal, blocking, from);
    }
    return headroom;
  }

  private void work(ActorContext<?> guardian, Sandbox sandbox, InstructionStore store) {
    var system = guardian.getSystem();
    var node = new NodeIdentity(settings.nodeName(), UUID.randomUUID().toString());
    var workplace =
        new Workplace(
            new Workspaces(data),
            new FolderArtifactStore(data),
            sandbox,
            sandboxes.limits(),
            home());
    var executor =
        guardian.spawn(
            Executor.create(
                new ExecutorSettings(
                    settings.slots(), QUEUE_MAX, node.name() + "#" + node.incarnation()),
                workplace,
                store::find,
                new ShardedGate(ClusterSharding.get(system)),
                clock),
            "executor");
    var backoff = settings.backoff();
    WorkerNode.host(system, executor, node, new RetryPolicy(backoff.min(), backoff.max()), clock);
    var monitor =
        new MonitorSettings(
            node.name(),
            Cluster.get(system).selfMember().address().hostPort(),
            node.incarnation(),
            roles(),
            settings.headroom(),
            data,
            MonitorSettings.SAMPLE_EVERY,
            MonitorSettings.LOG_EVERY);
    guardian.spawn(ResourceMonitor.create(monitor, executor, clock), "resource-monitor");
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home", "/"));
  }

  private List<String> roles() {
    return options.control()
        ? List.of(Orchestrator.ROLE)
        : List.of(Orchestrator.ROLE, WorkerNode.ROLE);
  }

  private DatabaseSettings databaseSettings() {
    var given = settings.database();
    return given.url() == null
        ? DatabaseSettings.embedded(data)
        : new DatabaseSettings(given.url(), given.user(), given.password());
  }

  private ServerBinding bind(ActorSystem<?> system, Api api) {
    try {
      return HttpServer.start(system, HttpSettings.of("127.0.0.1", options.port()), api)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      if (!isBindFailure(e)) throw e;
      throw new NodeStartException(
          Kind.PORT_IN_USE,
          "Expected port %d of 127.0.0.1 to be free, but another process listens there."
              .formatted(options.port()),
          e);
    }
  }

  private static boolean isBindFailure(Throwable e) {
    for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof BindException
          || String.valueOf(at.getMessage()).startsWith("Bind failed")) {
        return true;
      }
    }
    return false;
  }

  private static URI url(ServerBinding binding) {
    return URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
  }

  private static void terminate(ActorSystem<?> system) throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
  }

  private record Node(ActorSystem<?> system, URI url, Path tokenFile, Deque<AutoCloseable> opened)
      implements RunningNode {
    @Override
    public synchronized void close() {
      StopNode.close(opened);
    }

    @Override
    public void awaitTermination() {
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }
}
