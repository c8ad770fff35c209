package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.terminal.Caller.Terminals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is printed arrives, or the command says that it did not.
class OutputTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new CliBench(folder).nodeRuns();
    bench
        .node
        .run("run_1", run("COMPLETED", 3, 0, 0, 0))
        .workers("run_1", worker("WORKER_001", "COMPLETED", ""))
        .text("/api/v1/runs/run_1/events", "{\"seq\":1,\"type\":\"RunCreated\"}\n".repeat(2_000))
        .text("/api/v1/runs/run_1/workers/WORKER_001/log", "line\n".repeat(5_000));
    Files.createDirectory(folder.resolve("flow"));
    Files.writeString(folder.resolve("flow/WORKER_001_A.md"), "# Worker 001: A\n");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /// A stream that takes so many bytes and then says why it takes no more.
  private static OutputStream failing(int after, String why) {
    return new OutputStream() {
      private int taken;

      @Override
      public void write(int octet) throws IOException {
        if (taken++ >= after) throw new IOException(why);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status -o json",
        "status",
        "runs list -o jsonl",
        "runs events last -o jsonl",
        "runs events last -f -o jsonl",
        "runs show last",
        "workers list",
        "workers log WORKER_001",
        "workers log -f WORKER_001",
        "workers events WORKER_001",
        "nodes list -o name",
        "plan flow",
        "lint flow -o json",
        "config view",
        "doctor",
        "completion bash",
        "version",
        "--version",
        "--help",
        "runs list --help",
        "init first"
      })
  void aFullDiskIsSaidInOneSentence(String command) {
    bench.stdout = failing(0, "No space left on device");
    assertThat(bench.muster(command.split(" "))).as(command).isEqualTo(1);
    assertThat(bench.err())
        .contains("muster: the output could not be written: No space left on device")
        .doesNotContain("unforeseen")
        .doesNotContain("\tat ");
  }

  @Test
  void aDiskThatFillsInTheMiddleIsSaidToo() {
    bench.stdout = failing(20_000, "No space left on device");
    assertThat(bench.muster("runs", "events", "last", "-o", "jsonl")).isEqualTo(1);
    assertThat(bench.err()).contains("could not be written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs events last -o jsonl", "workers log WORKER_001", "--help"})
  void whoHasReadEnoughHearsNothingMore(String command) {
    bench.stdout = failing(10, "Broken pipe");
    assertThat(bench.muster(command.split(" "))).as(command).isEqualTo(141);
    assertThat(bench.err()).isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(folder.resolve("taken"), "");
    assertThat(bench.muster("init", "taken/flow")).isEqualTo(1);
    assertThat(bench.err()).contains("cannot write").contains("taken/flow").doesNotContain("unfor");
  }

  @Test
  void aWorkerWhereARunIsMeantIsToldHowToNameBoth() {
    assertThat(bench.muster("retry", "last/WORKER_001")).isEqualTo(2);
    assertThat(bench.err()).contains("muster retry last --worker WORKER_001");
    assertThat(bench.muster("cancel", "WORKER_001")).isEqualTo(2);
    assertThat(bench.err()).contains("muster cancel last --worker WORKER_001");
  }

  @Test
  void noStarterIsPutBesideTheInstructionsOfSomebody() throws IOException {
    var flow = Files.createDirectories(folder.resolve("theirs"));
    Files.writeString(flow.resolve("WORKER_001_Greet.md"), "# Worker 001: Greet");

    assertThat(bench.muster("init", "theirs")).isEqualTo(5);
    assertThat(bench.err()).contains("found WORKER_001_Greet.md in theirs", "muster lint theirs");
    assertThat(flow).isDirectoryNotContaining(it -> it.endsWith("WORKER_001_List.md"));
  }

  @Test
  void aLongLineIsWholeForAProgramAndCutOnATerminal() {
    var log = "before\n" + "é".repeat(150_000) + "\nafter\u001b[2J\n";
    bench.node.text("/api/v1/runs/run_1/workers/WORKER_001/log", log);
    assertThat(bench.muster("workers", "log", "WORKER_001")).isZero();
    assertThat(bench.out()).isEqualTo(log.replace("\u001b", "\\u{1B}"));
    assertThat(bench.muster("workers", "log", "WORKER_001", "--raw")).isZero();
    assertThat(bench.out()).isEqualTo(log);
    bench.terminals = new Terminals(false, true, true);
    assertThat(bench.muster("workers", "log", "WORKER_001")).isZero();
    assertThat(bench.out().lines())
        .containsExactly(
            "before",
            "é".repeat(1_000) + "… 298,000 more bytes; --full shows all",
            "after\\u{1B}[2J");
    assertThat(bench.muster("workers", "log", "WORKER_001", "--full")).isZero();
    assertThat(bench.out()).isEqualTo(log.replace("\u001b", "\\u{1B}"));
  }

  @Test
  void theLogOfAnEarlierAttemptIsShownWhenAskedFor() {
    var path = "/api/v1/runs/run_1/workers/WORKER_001/log?attempt=";
    bench.node.text(path + 1, "first\n").text(path + 3, "third\n");
    assertThat(bench.muster("workers", "log", "WORKER_001", "--attempt", "1")).isZero();
    assertThat(bench.out()).isEqualTo("first\n");
    assertThat(bench.muster("workers", "log", "WORKER_001")).isZero();
    assertThat(bench.out()).isEqualTo("third\n");
    assertThat(bench.muster("workers", "log", "WORKER_001", "--attempt", "0")).isEqualTo(2);
    assertThat(bench.muster("workers", "log", "WORKER_001", "-n", "0")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "runs list",
        "runs show last",
        "workers list",
        "workers show WORKER_001",
        "waves list",
        "nodes list",
        "approvals list --state all",
        "plan flow",
        "lint flow",
        "doctor",
        "config view",
        "instructions check flow/WORKER_001_A.md",
        "wait run_1",
        "version"
      })
  void jsonlIsOneObjectALine(String command) {
    bench.node.approval(dev.muster.cli.stub.Samples.approval("apr_1"));
    bench.muster((command + " -o jsonl").split(" "));
    List<String> lines = bench.out().lines().toList();
    assertThat(lines).isNotEmpty();
    assertThat(lines)
        .allSatisfy(line ->
            assertThat(dev.muster.cli.client.Json.MAPPER.readTree(line).isObject()).isTrue());
  }
}
