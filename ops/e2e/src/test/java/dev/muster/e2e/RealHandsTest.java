package dev.muster.e2e;

import static dev.muster.e2e.Workforces.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What once went wrong in the hands of users: their files, their habits, their accidents.
@Execution(ExecutionMode.CONCURRENT)
class RealHandsTest {
  @TempDir Path folder;
  private Muster muster;
  private Path flow;

  @BeforeEach
  void begin() {
    muster = new Muster(folder).with("MUSTER_ATTEMPTS_MAX", "1");
    flow = folder.resolve("flow");
  }

  private Muster.Ended run(String... more) {
    var line =
        List.of("run", flow.toString(), "--no-input", "--target", muster.target().toString());
    var all = new ArrayList<>(line);
    all.addAll(List.of(more));
    return muster.run(all.toArray(String[]::new));
  }

  private static Worker worker(int number, int wave, String needs, String script, String test) {
    var file = "f%d.txt".formatted(number);
    return new Worker(number, wave, needs, file, block(script), test);
  }

  private static Worker plain(int number, int wave, String needs) {
    return Worker.simple(number, wave, needs);
  }

  @Test
  void aFileThatCannotBeUsedIsNamedAndNothingBegins() throws IOException {
    Workforces.write(flow, plain(1, 1, ""), plain(2, 1, ""), plain(3, 2, "WORKER_002"));
    var file = flow.resolve("WORKER_002_Test.md");
    Files.writeString(file, Files.readString(file).replace("```bash\n", "```bash title=\"x\"\n"));

    var refused = run();
    assertThat(refused.exit()).as(refused.toString()).isNotZero();
    assertThat(refused.out() + refused.err()).contains("WORKER_002_Test.md:");
    assertThat(muster.run("runs", "list", "-o", "name").out()).isBlank();

    var rest = run("--allow-incomplete");
    assertThat(rest.exit()).as(rest.toString()).isEqualTo(1);
    assertThat(rest.out()).contains("INCOMPLETE", "WORKER_002", "WORKER_003");
    assertThat(Journal.summary(muster).path("state").asText()).isEqualTo("INCOMPLETE");
  }

  @Test
  void aFenceInAHereDocumentCutsNoTest() {
    Workforces.write(
        flow,
        worker(
            1,
            1,
            "",
            "echo wrong > f1.txt",
            "cat > want.txt <<'MD'\n```sh\nright\n```\nMD\ncmp want.txt f1.txt"));
    var ended = run();
    assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
  }

  @Test
  void aDeliverableThatWasNeverMadeFailsItsWorker() throws IOException {
    Workforces.write(flow, plain(1, 1, ""));
    var file = flow.resolve("WORKER_001_Test.md");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("- [ ] `results/001.txt`", "- [ ] `results/001.txt`\n- [ ] `model.pkl`"));
    var ended = run();
    assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.out()).contains("model.pkl");
  }

  @Test
  void aBlockWithoutALanguageRuns() throws IOException {
    Workforces.write(flow, plain(1, 1, ""));
    var file = flow.resolve("WORKER_001_Test.md");
    var text = Files.readString(file);
    var at = text.indexOf("## 6. TEST_PROCESS");
    Files.writeString(
        file,
        text.substring(0, at)
            + "```\ntouch \"$PWD/second\"\n```\n\n"
            + text.substring(at).replace("grep -qx", "grep -q"));
    var ended = run();
    assertThat(ended.exit()).as(ended.toString()).isZero();
    var log = muster.run("workers", "log", "last/WORKER_001");
    assertThat(log.out()).contains("block 2: exit 0");
  }

  @Test
  void resultsThatCannotBeWrittenAreSaid() throws Exception {
    Workforces.write(flow, worker(1, 1, "", "sleep 3; echo done > f1.txt", "grep -qx done f1.txt"));
    var running =
        muster.start("run", flow.toString(), "--no-input", "--target", muster.target().toString());
    running.waitFor("1 worker");
    Thread.sleep(1_000);
    deleteTree(muster.results());
    Files.createFile(muster.results());
    var ended = running.await();
    assertThat(ended.exit()).as(ended.toString()).isNotZero();
    assertThat(ended.out() + ended.err()).contains("Results were not written");
  }

  @Test
  void aHeldRunThatIsCancelledIsCancelledAtOnce() {
    Workforces.write(
        flow,
        new Worker(
            1,
            1,
            "",
            "f1.txt",
            block("operation=file_write writes=\"pub\"", "echo once >> \"$MUSTER_TARGET/pub/log\""),
            "true && test -e f1.txt"));
    assertThat(run("--approve", "none").exit()).isEqualTo(6);
    var asked = muster.run("approvals", "list", "-o", "name").out().strip();
    assertThat(muster.run("cancel", "last", "--yes").exit()).isZero();
    var state = Journal.parse(muster.run("runs", "list", "-o", "json").out());
    assertThat(state.at("/items/0/state").asText()).isEqualTo("CANCELLED");
    var late = muster.run("approve", asked, "--yes");
    assertThat(late.exit()).as(late.toString()).isEqualTo(5);
    assertThat(muster.target().resolve("pub")).doesNotExist();
  }

  @Test
  void aLongLineHidesNoLog() {
    Workforces.write(
        flow,
        worker(
            1,
            1,
            "",
            "echo done > f1.txt; echo 'this line explains'",
            "grep -qx done f1.txt\nhead -c 300000 /dev/zero | tr '\\0' 'x'; echo"));
    run();
    assertThat(muster.run("workers", "log", "last/WORKER_001").out())
        .contains("this line explains");
  }

  @Test
  void weakIsSaidWhereverItIsCounted() throws IOException {
    Workforces.write(flow, worker(1, 1, "", "echo wrong > f1.txt", "grep -q right f1.txt || true"));
    var ended = run();
    assertThat(ended.out()).containsIgnoringCase("weak");
    assertThat(Journal.summary(muster).toString()).containsIgnoringCase("weak");
    assertThat(muster.run("results", "last").out()).containsIgnoringCase("weak");
    assertThat(muster.run("status").out()).containsIgnoringCase("weak");
  }

  @Test
  void aNameThatIsNotUtf8IsDeliveredOrRefusedInWords() {
    Workforces.write(
        flow,
        new Worker(
            1,
            1,
            "",
            "out/d",
            block("mkdir -p out/d; echo a > out/d/a; echo b > $'out/d/caf\\xe9.txt'"),
            "test -s out/d/a"));
    var ended = run();
    if (ended.exit() != 0) assertThat(ended.out()).containsIgnoringCase("utf-8");
    assertThat(ended.out()).doesNotContain("No such file");
  }

  @Test
  void twoDeliverablesOfOnePathAreBothKept() throws IOException {
    Workforces.write(
        flow,
        new Worker(1, 1, "", "r.txt", block("echo one > r.txt"), "grep -qx one r.txt"),
        new Worker(2, 2, "", "r.txt", block("echo two > r.txt"), "grep -qx two r.txt"));
    var ended = run();
    assertThat(ended.exit()).as(ended.toString()).isZero();
    try (var files = Files.walk(muster.results())) {
      var kept =
          files
              .filter(file -> file.getFileName().toString().contains("r.txt"))
              .map(RealHandsTest::text)
              .toList();
      assertThat(kept).contains("one\n", "two\n");
    }
    assertThat(ended.out() + ended.err()).contains("r.txt");
  }

  @Test
  void aSummaryOfNoFailuresIsNoFailure() {
    Workforces.write(
        flow,
        worker(
            1,
            1,
            "",
            "echo done > f1.txt",
            "grep -qx done f1.txt\nprintf 'PASSED: 12\\nFAILED: 0\\n'"));
    var ended = run();
    assertThat(ended.exit()).as(ended.toString()).isZero();
  }

  @Test
  void anEmptiedJournalIsNotNothingToDo() throws Exception {
    Workforces.write(
        flow, worker(1, 1, "", "sleep 60; echo done > f1.txt", "grep -qx done f1.txt"));
    var running =
        muster.start("run", flow.toString(), "--no-input", "--target", muster.target().toString());
    for (var i = 0; i < 200 && !Files.isDirectory(muster.data().resolve("workspaces")); i++) {
      Thread.sleep(50);
    }
    Thread.sleep(500);
    running.kill();
    Files.write(muster.data().resolve("muster.mv.db"), new byte[0]);
    var resumed = muster.run("resume", "--no-input");
    assertThat(resumed.exit()).as(resumed.toString()).isNotZero();
    assertThat(resumed.err()).contains("journal");
    var noise = new byte[9_000];
    new Random(7).nextBytes(noise);
    Files.write(muster.data().resolve("muster.mv.db"), noise);
    assertThat(muster.run("doctor").exit()).isNotZero();
  }

  @Test
  void timesOfFilesReachTheTests() {
    Workforces.write(
        flow,
        worker(
            1,
            1,
            "",
            "echo a > a.src; sleep 0.1; cp a.src f1.txt; sleep 0.1; cp f1.txt z.out",
            "test f1.txt -nt a.src; test z.out -nt f1.txt"));
    var ended = run();
    assertThat(ended.exit()).as(ended.toString()).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
