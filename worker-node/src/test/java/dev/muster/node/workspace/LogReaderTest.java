package dev.muster.node.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.protocol.log.LogAnswer;
import dev.muster.protocol.log.LogAnswer.NoLog;
import dev.muster.protocol.log.LogAnswer.Piece;
import dev.muster.protocol.log.LogCommand;
import dev.muster.protocol.log.LogCommand.ReadLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogReaderTest {
  @TempDir Path folder;
  private final ActorTestKit actors = ActorTestKit.create();
  private final TestProbe<LogAnswer> asker = actors.createTestProbe();
  private Path data;
  private ActorRef<LogCommand> reader;

  @BeforeEach
  void start() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    reader =
        actors.spawn(
            LogReader.create("node-a", new Workspaces(data)), "log-reader", LogReader.props());
  }

  @AfterEach
  void shutdown() {
    actors.shutdownTestKit();
  }

  private Path log(String text) throws IOException {
    var log = data.resolve("workspaces/run_1/WORKER_001/attempt-2/attempt.log");
    Files.createDirectories(log.getParent());
    return Files.writeString(log, text);
  }

  private LogAnswer ask(String run, String worker, int attempt, long from, int bytesMax) {
    reader.tell(new ReadLog(run, worker, attempt, from, bytesMax, asker.ref()));
    return asker.receiveMessage();
  }

  private Piece piece(long from, int bytesMax) {
    return (Piece) ask("run_1", "WORKER_001", 2, from, bytesMax);
  }

  private static String text(Piece piece) {
    return new String(piece.bytes(), UTF_8);
  }

  @Test
  void aLogIsReadWhileItGrows() throws Exception {
    var log = log("one\n");
    assertThat(text(piece(0, 100))).isEqualTo("one\n");
    assertThat(piece(4, 100).bytes()).isEmpty();
    Files.writeString(log, "two\n", StandardOpenOption.APPEND);
    assertThat(text(piece(4, 100))).isEqualTo("two\n");
    assertThat(text(piece(2, 3))).isEqualTo("e\nt");
    assertThat(piece(0, 0).sizeBytes()).isEqualTo(8);
  }

  @Test
  void aPieceIsNeverLargerThanOneMessageMayBe() throws Exception {
    log("x".repeat(LogCommand.PIECE_BYTES_MAX + 10));
    var first = piece(0, Integer.MAX_VALUE);
    assertThat(first.bytes()).hasSize(LogCommand.PIECE_BYTES_MAX);
    assertThat(first.sizeBytes()).isEqualTo(LogCommand.PIECE_BYTES_MAX + 10);
    assertThat(piece(first.bytes().length, Integer.MAX_VALUE).bytes()).hasSize(10);
  }

  @Test
  void positionsOutsideTheLogAreItsEnds() throws Exception {
    log("text");
    assertThat(text(piece(-5, 100))).isEqualTo("text");
    assertThat(piece(Long.MAX_VALUE, 100).bytes()).isEmpty();
    assertThat(piece(0, -1).bytes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "run_2, WORKER_001, 2",
    "run_1, WORKER_001, 1",
    "run_1, WORKER_001, 0",
    "run_1, WORKER_001, -2",
    "., WORKER_001, 2",
    "run_1/WORKER_001, ., 2",
    "../../secrets/run_1, WORKER_001, 2",
    "run_1, ../../../secrets/run_1/WORKER_001, 2",
    "/etc, WORKER_001, 2",
    "'', WORKER_001, 2"
  })
  void whatIsNoLogOfThisNodeIsNotRead(String run, String worker, int attempt) throws Exception {
    log("text");
    var secret = folder.resolve("secrets/run_1/WORKER_001/attempt-2");
    Files.writeString(Files.createDirectories(secret).resolve("attempt.log"), "secret");
    assertThat(ask(run, worker, attempt, 0, 100)).isEqualTo(new NoLog());
    assertThat(text(piece(0, 100))).as("it goes on").isEqualTo("text");
  }

  @Test
  void aLinkInPlaceOfALogIsNotFollowed() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "secret");
    var log = log("text");
    Files.delete(log);
    Files.createSymbolicLink(log, secret);
    assertThat(ask("run_1", "WORKER_001", 2, 0, 100)).isEqualTo(new NoLog());

    var elsewhere = Files.createDirectories(folder.resolve("elsewhere/attempt-2"));
    Files.writeString(elsewhere.resolve("attempt.log"), "secret");
    Files.createSymbolicLink(
        data.resolve("workspaces/run_1/WORKER_002"), folder.resolve("elsewhere"));
    assertThat(ask("run_1", "WORKER_002", 2, 0, 100)).isEqualTo(new NoLog());
  }

  @Test
  void aReaderIsFoundByTheNameOfItsNode() {
    var receptionist = actors.system().receptionist();
    await()
        .untilAsserted(() -> {
          var key = LogCommand.serviceKey("node-a");
          TestProbe<Receptionist.Listing> found = actors.createTestProbe();
          receptionist.tell(Receptionist.find(key, found.ref()));
          assertThat(found.receiveMessage().getServiceInstances(key)).containsExactly(reader);
        });
  }
}
