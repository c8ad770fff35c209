package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.orchestrator.engine.instruction.FileReport;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Plan;
import dev.muster.orchestrator.engine.plan.Plan.PlannedWave;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.WavePlans;
import dev.muster.protocol.instruction.Script;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The 225 files of the audit as they lie there, and their scripts without the runtime: among the
/// first, since the others wait for the archive of classes.
@Order(4)
class AuditWorkforceTest {
  private static final Path AUDIT = Muster.repository().resolve("instructions/audit");
  private static final Path GENERATOR = Muster.repository().resolve("ops/audit-generator");

  /// Of their scripts each so many is carried out; in the campaign all.
  private static final int EVERY = Integer.getInteger("audit.every", 8);

  private static Workforce workforce;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    workforce = Workforce.read(AUDIT);
  }

  @Test
  void allTwoHundredAndTwentyFiveFilesHaveAllTenPointsAndNoFinding() throws IOException {
    var report = Linter.lint(workforce, Linter.Options.DEFAULT);
    assertThat(report.files()).hasSize(225);
    assertThat(report.files().stream().flatMap(file -> file.findings().stream())).isEmpty();
    assertThat(report.files()).extracting(FileReport::score).containsOnly(100);
    assertThat(report.files()).allSatisfy(file -> assertThat(file.missing()).isEmpty());
    assertThat(report.summary().passed()).isEqualTo(225);
    try (var files = Files.list(AUDIT)) {
      var others = files.map(Path::getFileName).map(Path::toString);
      assertThat(others.filter(name -> !name.startsWith("WORKER_"))).containsExactly("README.md");
    }
  }

  @Test
  void noTwoFilesDoTheSameJob() {
    var instructions = workforce.instructions();
    assertThat(instructions)
        .extracting(it -> it.title())
        .doesNotHaveDuplicates()
        .doesNotContain("");
    var deliverables =
        instructions.stream().flatMap(it -> it.deliverables().all().stream()).map(it -> it.path());
    assertThat(deliverables).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(225);
    var executions =
        plan().instructions().stream()
            .map(it -> it.blocks().stream().map(block -> block.script()).toList());
    assertThat(executions).doesNotHaveDuplicates().doesNotContain(List.of());
  }

  @Test
  void fiveWavesHoldThirtyEightyTwentyEightyAndFifteenWorkers() {
    var plan = plan();
    assertThat(plan.waves()).extracting(PlannedWave::wave).containsExactly(1, 2, 3, 4, 5);
    assertThat(plan.waves())
        .extracting(wave -> wave.workers().size())
        .containsExactly(30, 80, 20, 80, 15);
    assertThat(plan.findings()).isEmpty();
    assertThat(plan.unreleasable()).isEmpty();
    assertThat(plan.conflicts()).isEmpty();
  }

  @Test
  void everyGatedBlockCanTellWhetherItHappenedAndTheyGoOneAfterTheOther() {
    var plan = plan();
    assertThat(plan.gates())
        .extracting(gate -> gate.worker() + " " + gate.kind())
        .containsExactly("WORKER_223 production_deploy", "WORKER_224 file_delete");
    assertThat(plan.gates())
        .allSatisfy(gate -> {
          assertThat(gate.check()).isNotBlank();
          assertThat(gate.alwaysGated()).isTrue();
          assertThat(gate.network()).isFalse();
        });
    assertThat(plan.edges())
        .as("both write into one folder, and what an approval covers may not change under it")
        .contains(List.of("WORKER_223", "WORKER_224"));
  }

  @Test
  void everyWorkersTestsFailOnAnEmptyWorkspace() throws Exception {
    var target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("readme.txt"), "a target like any other\n");
    var workers = new PlainWorkers(workforce, folder, target);
    var inputs = Files.createDirectory(folder.resolve("no-inputs"));
    var passing = new ConcurrentLinkedQueue<String>();
    workers.forEach(it -> {
      if (!isDrawn(it.id())) return;
      if (it.tests().stream().noneMatch(test -> fails(workers, it.id(), test, inputs))) {
        passing.add(it.id());
      }
    });
    assertThat(passing).isEmpty();
  }

  private static boolean isDrawn(String worker) {
    return (Integer.parseInt(worker.substring("WORKER_".length())) - 1) % EVERY == 0;
  }

  private boolean fails(PlainWorkers workers, String worker, Script test, Path inputs) {
    try {
      var empty = Files.createTempDirectory(folder, worker);
      var ended = workers.bash(worker, test.text(), empty, inputs);
      return ended.exit() != 0 || ended.output().lines().anyMatch(line -> line.startsWith("FAIL"));
    } catch (IOException e) {
      throw new AssertionError(worker, e);
    }
  }

  @Test
  void everyScannerReportsItsOwnPlantAndNoSiblingDoes() throws Exception {
    var target = Files.createDirectory(folder.resolve("target"));
    var room = Files.createDirectory(folder.resolve("room"));
    var plants = Plant.all();
    assertThat(plants).hasSize(80).extracting(Plant::rule).doesNotHaveDuplicates();
    for (var plant : plants) plant.into(target);
    var workers = new PlainWorkers(workforce, room, target);
    workers.carryOut(worker -> worker.wave() <= 2 && isDrawn(worker.id()));

    for (var plant : plants) {
      if (!isDrawn(plant.scanner())) continue;
      var own = workers.workspace(plant.scanner()).resolve("findings/" + plant.rule() + ".tsv");
      assertThat(Files.readAllLines(own))
          .as(plant.toString())
          .singleElement()
          .asString()
          .startsWith(plant.finding() + "\t");
    }
    // One row each above is one folder each here: no folder was reported by a second scanner.
    var wave = workers.plan().waves().get(1).workers();
    assertThat(wave).containsExactlyElementsOf(plants.stream().map(Plant::scanner).toList());
  }

  @Test
  void theGeneratorWritesExactlyWhatIsCommitted() throws Exception {
    assumeTrue(onPath("python3"), "the generator needs python3");
    var tree = Files.createDirectory(folder.resolve("tree"));
    var log = folder.resolve("generate.log");
    var process =
        new ProcessBuilder("python3", GENERATOR.resolve("generate.py").toString(), tree.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertSame(tree.resolve("instructions/audit"), AUDIT);
    assertSame(tree.resolve("ops/audit-generator/plants"), GENERATOR.resolve("plants"));
  }

  private static void assertSame(Path made, Path committed) throws IOException {
    assertThat(names(made)).isEqualTo(names(committed));
    for (var name : names(made)) {
      assertThat(made.resolve(name)).hasSameTextualContentAs(committed.resolve(name));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("README.md"))
          .sorted()
          .toList();
    }
  }

  private static Plan plan() {
    var options = Planner.Options.of(4);
    return Planner.plan(workforce, WavePlans.fiveWaves(), options);
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
