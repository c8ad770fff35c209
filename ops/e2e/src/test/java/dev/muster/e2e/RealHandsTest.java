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
    return muster.ask(all.toArray(String[]::new));
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
    assertThat(muster.ask("runs", "list", "-o", "name").out()).isBlank();

    var rest = run("--allow-incomplete");
    assertThat(rest.exit()).as(rest.toString()).isEqualTo(1);
    assertThat(rest.out()).contains("INCOMPLETE", "WORKER_002", "WORKER_003");
    assertThat(Journal.summary(muster).path("state").asText()).isEqualTo("INCOMPLETE");
  }

  @Test
  void resultsThatCannotBeWrittenAreSaid() throws Exception {
    var waits = "until [ -e \"$MUSTER_TARGET/go\" ]; do sleep 0.2; done; echo done > f1.txt";
    Workforces.write(flow, worker(1, 1, "", waits, "grep -qx done f1.txt"));
    var running =
        muster.begin("run", flow.toString(), "--no-input", "--target", muster.target().toString());
    running.waitFor("1 worker");
    deleteTree(muster.results());
    Files.createFile(muster.results());
    Files.createFile(muster.target().resolve("go"));
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
    var asked = muster.ask("approvals", "list", "-o", "name").out().strip();
    assertThat(muster.ask("cancel", "last", "--yes").exit()).isZero();
    var state = Journal.parse(muster.ask("runs", "list", "-o", "json").out());
    assertThat(state.at("/items/0/state").asText()).isEqualTo("CANCELLED");
    var late = muster.ask("approve", asked, "--yes");
    assertThat(late.exit()).as(late.toString()).isEqualTo(5);
    assertThat(muster.target().resolve("pub")).doesNotExist();
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
  void anEmptiedJournalIsNotNothingToDo() throws Exception {
    Workforces.write(
        flow, worker(1, 1, "", "sleep 60; echo done > f1.txt", "grep -qx done f1.txt"));
    var running =
        muster.start("run", flow.toString(), "--no-input", "--target", muster.target().toString());
    for (var i = 0; i < 2_400 && !Files.isDirectory(muster.data().resolve("workspaces")); i++) {
      Thread.sleep(50);
    }
    Thread.sleep(500);
    running.kill();
    Files.write(muster.data().resolve("muster.mv.db"), new byte[0]);
    var resumed = muster.ask("resume", "--no-input");
    assertThat(resumed.exit()).as(resumed.toString()).isNotZero();
    assertThat(resumed.err()).contains("journal");
    var noise = new byte[9_000];
    new Random(7).nextBytes(noise);
    Files.write(muster.data().resolve("muster.mv.db"), noise);
    assertThat(muster.ask("doctor").exit()).isNotZero();
  }

  /// Each worker has its own verdict, whatever becomes of its neighbours.
  @Test
  void whatUsersWriteIsJudgedByWhatItMeans() throws IOException {
    Habits.write(flow);
    try (var _ = muster.up()) {
      eachIsJudged();
    }
  }

  private void eachIsJudged() throws IOException {
    var ended = run();
    assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);

    var journal = Journal.of(muster, "last");
    var failed =
        journal.ofType("Failed").stream().map(line -> line.path("worker").asText()).toList();
    assertThat(failed).contains(Habits.HERE_DOCUMENT, Habits.NEVER_MADE);
    assertThat(journal.completed()).contains(Habits.NO_LANGUAGE, Habits.SUMMARY, Habits.TIMES);
    assertThat(ended.out()).contains("model.pkl");
    assertThat(log(Habits.NO_LANGUAGE)).contains("block 2: exit 0");
    assertThat(log(Habits.LONG_LINE)).contains("this line explains");

    if (failed.contains(Habits.NOT_UTF8)) assertThat(ended.out()).containsIgnoringCase("utf-8");
    else assertThat(journal.completed()).contains(Habits.NOT_UTF8);
    assertThat(ended.out()).doesNotContain("No such file");

    assertThat(weak()).contains(Habits.WEAK);
    assertThat(Journal.summary(muster).at("/workers/weak").asInt()).isEqualTo(weak().size());
    assertThat(ended.out()).containsIgnoringCase("weak");
    assertThat(muster.ask("results", "last").out()).containsIgnoringCase("weak");
    assertThat(muster.ask("status").out()).containsIgnoringCase("weak");
  }

  private List<String> weak() throws IOException {
    try (var files = Files.walk(muster.results())) {
      return files
          .filter(file -> file.toString().contains("/workers/"))
          .map(file -> Journal.parse(text(file)))
          .filter(result -> result.at("/muster/weak").asBoolean())
          .map(result -> result.at("/muster/worker").asText())
          .toList();
    }
  }

  private String log(String worker) {
    return muster.ask("workers", "log", "last/" + worker).out();
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
