package dev.muster.cli.session;

import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.host.DataFolder;
import dev.muster.host.NodeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
    bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aFileOfAProcessThatIsGoneIsIgnored() throws Exception {
    Files.createDirectory(bench.data());
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    new NodeFile(bench.node.url().toString(), gone.pid(), "old", Instant.now()).write(bench.data());
    assertThat(bench.muster("runs", "list")).isZero();
    assertThat(bench.hosted).hasSize(1);
  }

  @Test
  void aProcessThatGotTheNumberLaterIsAnotherOne() {
    var file =
        new NodeFile("http://127.0.0.1:1", ProcessHandle.current().pid(), "old", Instant.EPOCH);
    assertThat(file.processAlive()).isFalse();
  }

  @Test
  void settingTheClockMakesNoOtherProcessOfANode() {
    var own = NodeFile.own("http://127.0.0.1:1", "local", Instant.EPOCH, true);
    assertThat(own.processAlive()).isTrue();
    var ticks = own.startTicks();
    if (ticks == null) return; // no /proc here
    var later = new NodeFile(own.url(), own.pid(), own.name(), own.startedAt(), ticks - 1, true);
    assertThat(later.processAlive()).isFalse();
  }

  @Test
  void aTornFileIsAsGoodAsNone() throws Exception {
    Files.createDirectory(bench.data());
    Files.writeString(bench.data().resolve("node.json"), "{\"url\":");
    assertThat(NodeFile.read(bench.data())).isNull();
  }

  @Test
  void aNodeThatLivesButDoesNotAnswerIsEight() throws Exception {
    Files.createDirectory(bench.data());
    new NodeFile("http://127.0.0.1:1", ProcessHandle.current().pid(), "mute", Instant.now())
        .write(bench.data());
    assertThat(bench.muster("runs", "list")).isEqualTo(8);
    assertThat(bench.err()).contains("does not answer").contains("errors.log");
  }

  @Test
  void theDataOfAnotherProcessIsFiveAndNamesIt() {
    try (var held = DataFolder.tryOpen(bench.data())) {
      assertThat(held).isNotNull();
      assertThat(bench.muster("runs", "list")).isEqualTo(5);
    }
    assertThat(bench.err())
        .contains("another process (" + ProcessHandle.current().pid() + ") uses the data folder");
    assertThat(bench.muster("runs", "list")).isZero();
  }

  @Test
  void aDataFolderThatCannotBeWrittenIsFour() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    assertThat(bench.workforce("hello").muster("run", "hello", "--data", "file/data")).isEqualTo(4);
    assertThat(bench.err()).contains("file/data").contains("--data DIR");
  }

  @Test
  void aFullDiskIsSaidBeforeAnythingIsChanged() throws Exception {
    var full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
    // No file system here is full; the words are those that the kernel uses.
    var refusal =
        DataFolder.refusal(
            folder, new java.nio.file.FileSystemException("x", null, "No space left on device"));
    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.words()).contains("free disk").contains("No space left on device");
  }

  @Test
  void aServerThatIsNotThereIsEight() {
    assertThat(bench.muster("runs", "list", "--server", "http://127.0.0.1:1")).isEqualTo(8);
    assertThat(bench.err()).contains("http://127.0.0.1:1").contains("muster up");
    assertThat(bench.muster("runs", "list", "--server", "nonsense")).isEqualTo(2);
  }

  @Test
  void aServerThatIsNamedNeedsNoDataFolder() {
    assertThat(bench.muster("runs", "list", "-o", "name", "--server", bench.node.url().toString()))
        .isZero();
    assertThat(bench.out()).isEqualTo("run_1\n");
    assertThat(bench.data()).doesNotExist();
  }

  @Test
  void theDataFolderIsNobodyElsesBusiness() throws Exception {
    try (var data = DataFolder.tryOpen(bench.data())) {
      assertThat(data).isNotNull();
      assertThat(Files.getPosixFilePermissions(bench.data())).hasSize(3);
    }
  }

  @Test
  void aNodeThatStaysTakesOverFromOneThatOnlyWatchesItsRun() throws Exception {
    Files.createDirectory(bench.data());
    new NodeFile(
            bench.node.url().toString(),
            ProcessHandle.current().pid(),
            "local",
            Instant.now(),
            null,
            true)
        .write(bench.data());
    var takeover = bench.data().resolve("takeover");
    bench.onSleep =
        () -> {
          if (Files.exists(takeover)) bench.data().resolve("node.json").toFile().delete();
        };

    assertThat(bench.muster("up")).isZero();

    assertThat(bench.err()).contains("Another terminal hosts the node");
    assertThat(bench.hosted).hasSize(1);
    assertThat(bench.hosted.getFirst().resume()).isTrue();
    assertThat(takeover).doesNotExist();
  }

  @Test
  void aNodeThatStaysIsNotTakenOver() {
    bench.nodeRuns();
    assertThat(bench.muster("up")).isEqualTo(5);
    assertThat(bench.err()).contains("a node is running already");
  }

  @Test
  void aPortThatIsTakenIsLeftToItsOwner() {
    bench.workforce("hello").environment.put("MUSTER_PORT", "7");
    bench.muster("run", "hello");
    assertThat(bench.hosted.getLast().port()).isEqualTo(7);
  }
}
