package dev.muster.orchestrator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.storage.KeptArtifacts;
import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.orchestrator.usecase.LogSource;
import dev.muster.orchestrator.usecase.LogSource.Attempt;
import dev.muster.orchestrator.usecase.LogSource.Found;
import dev.muster.orchestrator.usecase.LogSource.Log;
import dev.muster.orchestrator.usecase.LogSource.Missing;
import dev.muster.protocol.log.LogCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLogsTest {
  @TempDir Path data;
  private final KeptArtifacts artifacts = new KeptArtifacts();
  private Database database;
  private StoredLogs stored;
  private Found onNode = Missing.SILENT;
  private LogSource logs;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(DatabaseSettings.embedded(data), data);
    stored = new StoredLogs(database.source());
    logs = new ClusterLogs(data.resolve("workspaces"), stored, artifacts, _ -> onNode);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Attempt attempt(boolean underWay) {
    return new Attempt("run_1", "WORKER_001", 1, "node-b", underWay);
  }

  private void store(String text) throws Exception {
    var log = Files.writeString(data.resolve("log"), text);
    stored.remember(
        new StoredLogs.AttemptId("run_1", "WORKER_001", 1),
        new StoredLogs.StoredLog(artifacts.put(log), text.length(), "node-b"),
        Instant.EPOCH);
  }

  private static Log of(String text) {
    var all = text.getBytes(UTF_8);
    return new Log() {
      @Override
      public long size() {
        return all.length;
      }

      @Override
      public byte[] read(long from, int bytesMax) {
        return Arrays.copyOfRange(all, (int) from, Math.min(all.length, (int) from + bytesMax));
      }
    };
  }

  private String read(boolean underWay, long from) throws IOException {
    return new String(((Log) logs.find(attempt(underWay))).read(from, 100), UTF_8);
  }

  @Test
  void aPositionOnTheNodeIsTheSameInTheStoreOnceTheAttemptHasEnded() throws Exception {
    onNode = of("one\ntwo\n");
    assertThat(read(true, 0)).isEqualTo("one\ntwo\n");
    store("one\ntwo\nthree\n");
    onNode = Missing.SILENT;
    assertThat(read(false, 8)).isEqualTo("three\n");
    assertThat(read(true, 8)).as("asked by who has not heard of its end").isEqualTo("three\n");
  }

  @Test
  void whatWasStoredBeforeADecisionIsNotAllThatAnAttemptUnderWayHasPrinted() throws Exception {
    store("before\n");
    onNode = of("before\nafter\n");
    assertThat(read(true, 0)).isEqualTo("before\nafter\n");
    assertThat(read(false, 0)).as("its end is not stored yet").isEqualTo("before\nafter\n");
    onNode = Missing.SILENT;
    assertThat(read(false, 0)).as("better than nothing").isEqualTo("before\n");
  }

  @Test
  void aLogThatIsNotStoredYetIsStillOnItsNode() throws Exception {
    onNode = of("late\n");
    assertThat(read(false, 0)).isEqualTo("late\n");
    onNode = Missing.NOWHERE;
    assertThat(logs.find(attempt(false))).isEqualTo(Missing.NOWHERE);
    onNode = Missing.SILENT;
    assertThat(logs.find(attempt(true))).isEqualTo(Missing.SILENT);
  }

  @Test
  void aLinkInPlaceOfALogIsNotFollowed() throws Exception {
    var folder = data.resolve("workspaces/run_1/WORKER_001/attempt-1");
    Files.createDirectories(folder);
    var elsewhere = Files.writeString(data.resolve("elsewhere"), "not yours\n");
    Files.createSymbolicLink(folder.resolve("attempt.log"), elsewhere);
    assertThat(logs.find(attempt(true))).isEqualTo(Missing.SILENT);
  }

  @Test
  void aNodeThatHangsIsGivenUp() {
    var actors = ActorTestKit.create();
    try {
      TestProbe<LogCommand> hanging = actors.createTestProbe();
      TestProbe<Receptionist.Registered> registered = actors.createTestProbe();
      var receptionist = actors.system().receptionist();
      var key = LogCommand.serviceKey("node-b");
      receptionist.tell(Receptionist.register(key, hanging.ref(), registered.ref()));
      registered.receiveMessage();
      assertThat(new NodeLogs(actors.system()).find(attempt(true))).isEqualTo(Missing.SILENT);
      hanging.expectMessageClass(LogCommand.ReadLog.class);
    } finally {
      actors.shutdownTestKit();
    }
  }
}
