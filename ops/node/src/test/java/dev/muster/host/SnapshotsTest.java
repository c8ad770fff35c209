package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.host.settings.SettingsReader;
import dev.muster.host.settings.SettingsSources;
import dev.muster.host.trust.StateFolder;
import dev.muster.orchestrator.engine.approval.ApprovalGate;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Approvals;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A gate over the real journal and its snapshots, through several lives of its node.
class SnapshotsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SNAPSHOT_EVERY = 2;

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.embedded(folder), folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatASnapshotHoldsIsNotReplayed() throws Exception {
    var before = life("one", "two", "three", "four", "five", "six");
    assertThat(before).hasSize(6);
    update(
        "DELETE FROM event_journal WHERE sequence_number <= (SELECT MAX(sequence_number) FROM"
            + " snapshot)");
    assertThat(life()).isEqualTo(before);
    assertThat(life("seven")).hasSize(7).containsAll(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot_payload = X'0011'", "snapshot_ser_manifest = 'gate-0'"})
  void whereASnapshotCannotBeReadAllEventsAreReplayed(String damage) throws Exception {
    var before = life("one", "two", "three", "four", "five");
    assertThat(update("UPDATE snapshot SET " + damage)).isPositive();
    assertThat(life()).isEqualTo(before);
  }

  /// @param kinds of operations that are requested in it
  /// @return everything that the gate knows at its end
  private List<ApprovalView> life(String... kinds) throws Exception {
    var system =
        ActorSystem.create(
            ApprovalGate.create(
                "run_1",
                _ -> {},
                _ -> {},
                (_, _) -> CompletableFuture.completedFuture(null),
                ApprovalRules.STANDARD,
                InstantSource.system(),
                SNAPSHOT_EVERY),
            "gate",
            config());
    try {
      for (var kind : kinds) {
        AskPattern.<ApprovalCommand, StatusReply<ApprovalView>>ask(
                system,
                replyTo -> new ApprovalCommand.Request(operation(kind), null, replyTo),
                PATIENCE,
                system.scheduler())
            .toCompletableFuture()
            .join();
      }
      // Not answered while a snapshot is written.
      return AskPattern.<ApprovalCommand, Approvals>ask(
              system, ApprovalCommand.ListAll::new, PATIENCE, system.scheduler())
          .toCompletableFuture()
          .join()
          .approvals();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private Config config() {
    var settings =
        SettingsReader.read(
                new SettingsSources(
                    Map.of(),
                    Map.of(),
                    folder,
                    folder.resolve("none.conf"),
                    new StateFolder(folder.resolve("state"))))
            .settings();
    return ConfigFactory.parseString(
            """
            pekko.actor.provider = local
            pekko.loglevel = WARNING
            """)
        .withFallback(NodeConfig.of(database.settings(), settings, List.of("orchestrator")));
  }

  private int update(String sql) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static OperationRequest operation(String kind) {
    return new OperationRequest(
        "WORKER_001",
        1,
        "d" + kind,
        0,
        kind,
        Risk.ADMIN,
        "It happens.",
        "true",
        List.of("site"),
        false,
        "/t",
        null);
  }
}
