package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.app.ClusterLogs;
import dev.muster.orchestrator.app.NodeLogs;
import dev.muster.orchestrator.engine.membership.Registered;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.storage.KeptArtifacts;
import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.orchestrator.readside.table.ReadSide;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.OperatorToken;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.orchestrator.security.secret.SecretKeyFile;
import dev.muster.orchestrator.security.secret.SecretStore;
import dev.muster.orchestrator.usecase.Folders;
import dev.muster.orchestrator.usecase.Nodes;
import dev.muster.orchestrator.usecase.OpenFolders;
import dev.muster.orchestrator.usecase.RunFiles;
import dev.muster.orchestrator.usecase.SentTargets;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.HeadroomTrend;
import dev.muster.protocol.headroom.HeadroomTrend.Pause;
import dev.muster.protocol.headroom.HeadroomTrend.Point;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.SettingView;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;

/// The API over a real database, with hand-written entities behind it.
final class TestServer implements AutoCloseable {
  final Journal journal;

  /// What the settings name.
  List<String> keys = List.of();

  final KeptArtifacts artifacts = new KeptArtifacts();
  final FakeRuns runs = new FakeRuns();
  final FakeGates gates;
  final FakeCreator creator;
  final AtomicBoolean ready = new AtomicBoolean(true);
  final Client client;

  /// Who holds which token, besides the operator.
  final Map<String, Principal> principals = new ConcurrentHashMap<>();

  /// Runs whose files were to be removed.
  final List<String> leftovers = new ArrayList<>();

  /// Runs of which a file does not go.
  final Set<String> stuck = ConcurrentHashMap.newKeySet();

  final Path data;
  final Api api;
  final InetSocketAddress address;
  private final ApprovalRules rules;
  final Identities identities;
  final AuditLog audit;
  final ActorTestKit actors = ActorTestKit.create();

  TestServer(Path data) throws Exception {
    this(data, HttpSettings.of("127.0.0.1", 0));
  }

  TestServer(Path data, HttpSettings settings) throws Exception {
    this(data, settings, ApprovalRules.STANDARD);
  }

  TestServer(Path data, HttpSettings settings, ApprovalRules rules) throws Exception {
    this.data = data;
    this.rules = rules;
    journal = new Journal(Database.open(DatabaseSettings.embedded(data), data));
    identities = Identities.of(journal.database(), bearer -> principals.get(bearer), 4, clock());
    audit = AuditLog.open(journal.database(), Json::text, clock());
    gates = new FakeGates(journal);
    creator = new FakeCreator(journal);
    var token = OperatorToken.loadOrCreate(data.resolve("operator.token"));
    api = api(token);
    var binding = HttpServer.start(actors.system(), settings, api).toCompletableFuture().get();
    address = binding.localAddress();
    client = new Client(address, token.value());
  }

  /// Somebody else with a token of their own.
  Client as(String name, @Nullable String workforce, Role... roles) {
    principals.put(
        "token.of." + name,
        new Principal(name, Principal.Kind.USER, name, Set.of(roles), workforce));
    return new Client(address, "token.of." + name);
  }

  private Api api(OperatorToken token) {
    var readSide = ReadSide.of(journal.database(), journal::now);
    return new Api(
        readSide,
        runs,
        gates,
        nodes(),
        creator,
        new Folders(data.resolve("uploads"), 2),
        new SentTargets(artifacts, data),
        new OpenFolders(List.of(data)),
        new ResultsWriter(readSide.runs(), _ -> null, artifacts),
        digest -> digest.startsWith("d") ? "# Worker 001\n" : null,
        _ -> Map.of(),
        new ClusterLogs(
            data.resolve("workspaces"),
            new StoredLogs(journal.database()),
            artifacts,
            new NodeLogs(actors.system())),
        new RunFiles() {
          @Override
          public void remove(String run) {
            if (stuck.contains(run)) throw new IllegalStateException("a file of it does not go");
            leftovers.add(run);
          }

          @Override
          public Disk disk(String run) {
            return new Disk(run, "node-a", 4096, 3);
          }
        },
        journal.database(),
        token,
        identities,
        rules,
        audit,
        new SecretStore(
            journal.database(),
            new SecretKeyFile(null, data.resolveSibling("keys-of-tests").resolve("secrets.key")),
            clock()),
        () -> keys,
        new FakeModels(),
        new FakeConversations(),
        List::of,
        List.of(new SettingView("port", "7400", "default", "port of the API and the console")),
        ready::get,
        new RunView.Sandbox("bubblewrap", null),
        clock(),
        new java.util.Random(7),
        "0.1.0-test");
  }

  /// Returns once the audit log has what was only noted in it so far.
  void awaitAudit() {
    audit.require(
        new Entry(
            journal.now(), Entry.Kind.INTENT, "test", null, null, "wait", "asked", null, null, 1));
  }

  /// The journal's own time, plus what really passes, so that heartbeats and waits work.
  private InstantSource clock() {
    var started = System.nanoTime();
    return () -> journal.now().plusNanos(System.nanoTime() - started);
  }

  /// One that reports, and one that only the registry knows.
  private Nodes nodes() {
    var gone =
        new Registered(
            "node-b",
            "127.0.0.1:25521",
            "life-1",
            List.of("worker"),
            true,
            Duration.ofSeconds(200),
            Duration.ofHours(1));
    return new Nodes() {
      @Override
      public CompletionStage<ClusterView> describe() {
        return CompletableFuture.completedFuture(new ClusterView(List.of(node()), 3));
      }

      @Override
      public CompletionStage<HeadroomTrend> recall(String node) {
        var now = journal.now();
        var closed = new Point(now, 93.1, 40, 50, 1, 4, false, "cpu 93.1% > 80%");
        var pause = new Pause(now, null, List.of("node-a: cpu 93.1% > 80%"));
        return CompletableFuture.completedFuture(
            new HeadroomTrend(node, 10, List.of(closed), List.of(pause)));
      }

      @Override
      public List<Registered> registered() {
        return List.of(gone);
      }
    };
  }

  private NodeHeadroom node() {
    return new NodeHeadroom(
        "node-a",
        "pekko://muster@127.0.0.1:25520",
        "life-1",
        List.of("orchestrator", "worker"),
        true,
        List.of(),
        12.34,
        3.21,
        40,
        50,
        HeadroomLimits.DEFAULT,
        2,
        1,
        journal.now());
  }

  @Override
  public void close() {
    actors.shutdownTestKit();
    audit.close();
    journal.close();
  }
}
