package dev.muster.host;

import com.typesafe.config.ConfigFactory;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.SettingsReader;
import dev.muster.host.settings.SettingsSources;
import dev.muster.host.trust.StateFolder;
import dev.muster.node.app.WorkerNode;
import dev.muster.node.executor.Executor;
import dev.muster.node.worker.NodeIdentity;
import dev.muster.node.worker.Witness;
import dev.muster.orchestrator.engine.approval.ApprovalGate;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.journal.EventSerializer;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/// The real workers and gates of a node over its real journal, which writes one batch at a time.
/// What carries out attempts is a stub, and so is the run that hears of them.
final class JournalledEntities implements AutoCloseable {
  static final String NODE = "node-a";

  final Database database;
  final JournalReader journal;
  final StubExecutor executor = new StubExecutor(new LoneSeals(NODE));
  final Map<String, WorkerStatus> reported = new ConcurrentHashMap<>();
  private final ActorSystem<Void> system;

  JournalledEntities(Database database, Path folder) {
    this.database = database;
    this.journal = new JournalReader(database.source());
    var settings =
        SettingsReader.read(
                new SettingsSources(
                    Map.of(Setting.CLUSTER_PORT, "0"),
                    Map.of(),
                    folder,
                    folder.resolve("none.conf"),
                    new StateFolder(folder.resolve("state"))))
            .settings();
    var config =
        ConfigFactory.parseString(
                """
                pekko.cluster.downing-provider-class = ""
                jdbc-journal.parallelism = 1
                """)
            .withFallback(
                NodeConfig.of(database.settings(), settings, List.of("orchestrator", "worker")));
    var started = new CompletableFuture<Done>();
    system =
        ActorSystem.create(
            Behaviors.setup(context -> {
              start(context.getSystem(), context.spawn(executor.behavior(), "executor"));
              started.complete(Done.getInstance());
              return Behaviors.empty();
            }),
            "muster",
            config);
    started.join();
    var cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
  }

  private void start(ActorSystem<Void> system, ActorRef<Executor.Command> executor) {
    var sharding = ClusterSharding.get(system);
    sharding.init(Entity.of(RunCommand.TYPE_KEY, entity -> run(entity.getEntityId())));
    sharding.init(
        Entity.of(
            ApprovalCommand.TYPE_KEY,
            entity ->
                ApprovalGate.create(
                    entity.getEntityId(),
                    _ -> {},
                    (_, _) -> CompletableFuture.completedFuture(null),
                    InstantSource.system())));
    WorkerNode.host(
        system,
        null,
        executor,
        new NodeIdentity(NODE, "life-1"),
        new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1)),
        new Witness(this.executor.seals, (_, _, _) -> {}),
        InstantSource.system());
  }

  private Behavior<RunCommand> run(String run) {
    return Behaviors.receive(RunCommand.class)
        .onMessage(
            RunCommand.WorkerReported.class,
            report -> {
              reported.put(run + "/" + report.worker(), report.status());
              return Behaviors.same();
            })
        .onAnyMessage(_ -> Behaviors.same())
        .build();
  }

  void tell(String worker, WorkerCommand command) {
    ClusterSharding.get(system).entityRefFor(WorkerCommand.TYPE_KEY, worker).tell(command);
  }

  /// Until it has read what is in the journal so far.
  void wake(String worker) {
    AskPattern.<WorkerCommand, WorkerStatus>ask(
            ClusterSharding.get(system).entityRefFor(WorkerCommand.TYPE_KEY, worker),
            WorkerCommand.Describe::new,
            Duration.ofSeconds(20),
            system.scheduler())
        .toCompletableFuture()
        .join();
  }

  CompletionStage<Done> open(String gate, ApprovalPolicy policy, Duration waitMax) {
    return AskPattern.ask(
        ClusterSharding.get(system).entityRefFor(ApprovalCommand.TYPE_KEY, gate),
        replyTo -> new ApprovalCommand.Open(policy, waitMax, replyTo),
        Duration.ofSeconds(2),
        system.scheduler());
  }

  void wakeGate(String gate) {
    AskPattern.<ApprovalCommand, ApprovalCommand.Approvals>ask(
            ClusterSharding.get(system).entityRefFor(ApprovalCommand.TYPE_KEY, gate),
            ApprovalCommand.ListAll::new,
            Duration.ofSeconds(20),
            system.scheduler())
        .toCompletableFuture()
        .join();
  }

  /// What another node wrote of the same entity.
  void insert(String persistenceId, long number, MusterEvent event) throws SQLException {
    try (var connection = database.source().getConnection()) {
      insert(connection, persistenceId, number, event);
    }
  }

  /// While it is open the journal cannot write this event of this entity, nor anything after it.
  Connection stall(String persistenceId, long number) throws SQLException {
    var connection = database.source().getConnection();
    connection.setAutoCommit(false);
    insert(connection, persistenceId, number, new WorkerEvent.Paused(Instant.EPOCH));
    return connection;
  }

  private static void insert(
      Connection connection, String persistenceId, long number, MusterEvent event)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,
              adapter_manifest, event_payload, event_ser_id, event_ser_manifest)
            VALUES (?, ?, 'another', ?, '', ?, ?, ?)\
            """)) {
      insert.setString(1, persistenceId);
      insert.setLong(2, number);
      insert.setLong(3, Instant.EPOCH.toEpochMilli());
      insert.setBytes(4, EventCodec.encode(event));
      insert.setInt(5, EventSerializer.IDENTIFIER);
      insert.setString(6, EventNames.nameOf(event));
      insert.executeUpdate();
    }
  }

  @Override
  public void close() {
    var ended = Termination.of(system).ended();
    system.terminate();
    ended.orTimeout(30, TimeUnit.SECONDS).join();
    database.close();
  }
}
