package dev.muster.orchestrator.usecase;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.WavePlans;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.storage.InstructionStore;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderRunsTest {
  private static final String FILE =
      """
      # Worker 001: Greet

      **Priority:** 1

      ## 1. DELIVERABLES
      - [ ] `greeting.txt`

      ## 6. TEST_PROCESS
      ```bash
      grep -q hello greeting.txt
      ```

      ## EXECUTION
      ```bash
      echo hello > greeting.txt
      ```
      """;

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private final List<String> plans = new ArrayList<>();
  private Database database;
  private InstructionStore store;
  private Manifests manifests;
  private FolderRuns creator;

  @BeforeEach
  void open() throws IOException {
    var data = folder.resolve("data");
    database = Database.open(DatabaseSettings.embedded(data), data);
    store = new InstructionStore(database.source());
    manifests = new Manifests(database.source());
    creator =
        new FolderRuns(
            store,
            manifests,
            new JournalReader(database.source()),
            new ToldRuns(told, plans),
            Targets.SHARED,
            () -> false,
            new FolderRuns.Defaults(
                data,
                data.resolve("operator.token"),
                folder.resolve("out"),
                folder,
                Path.of("/home/op"),
                2,
                Duration.ofHours(24)));
    Files.createDirectories(folder.resolve("hello"));
    Files.writeString(folder.resolve("hello/WORKER_001_Greet.md"), FILE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    // a node of its own
    "/p/.muster, /p/.muster/operator.token, /p/.muster",
    // one of several on a machine, with their data in that of the first
    "/p/.muster/nodes/o2, /p/.muster/operator.token, /p/.muster/nodes/o2 /p/.muster",
    // a token that is mounted
    "/data, /etc/muster/token, /data /etc/muster/token"
  })
  void noWorkerSeesDataOrToken(Path data, Path token, String hidden) {
    var results = Path.of("/out");
    var home = Path.of("/home/op");
    var defaults =
        new FolderRuns.Defaults(data, token, results, data, home, 2, Duration.ofHours(1));
    assertThat(defaults.hidden(results))
        .map(Path::toString)
        .containsExactly((hidden + " /out").split(" "));
  }

  @Test
  void aFolderBecomesARunWhoseInstructionsAreStored() throws Exception {
    creator.create(wanted("hello", null, null));

    assertThat(told).containsExactly("run_x");
    var digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(FILE.getBytes(StandardCharsets.UTF_8)));
    assertThat(store.text(digest)).isEqualTo(FILE);
    assertThat(store.find(digest)).isNotNull();
  }

  @Test
  void aNewTextTakesThePlaceOfTheOldOneAndAnotherOrderDoesNot() throws IOException {
    var second = folder.resolve("hello/WORKER_002_Two.md");
    Files.writeString(second, FILE.replace("001", "002").replace("greeting", "second"));
    var settings = settings(folder.resolve("hello"));
    var run = planned(folder.resolve("hello"));
    assertThat(creator.changes(run, settings).changed()).isEmpty();

    Files.writeString(second, Files.readString(second).replace("echo hello", "echo  hello"));
    var changes = creator.changes(run, settings);
    assertThat(changes.changed())
        .singleElement()
        .satisfies(it -> assertThat(it.file()).isEqualTo("WORKER_002_Two.md"));
    creator.take(changes, settings);
    var digest = changes.changed().getFirst().text().instructionDigest();
    assertThat(store.text(digest)).contains("echo  hello");

    Files.writeString(second, Files.readString(second) + "\n## 4. DEPENDENCIES\n- WORKER_001\n");
    assertThat(creator.changes(run, settings).refused())
        .singleElement()
        .satisfies(it -> assertThat(it.why()).contains("now waits for WORKER_001"));
    Files.writeString(second, "# Worker 002: Two\n");
    assertThat(creator.changes(run, settings).refused())
        .singleElement()
        .satisfies(it -> assertThat(it.why()).contains("cannot be used now"));
  }

  private static RunPlan planned(Path workforce) throws IOException {
    var waves = (WavePlans.Result.Valid) WavePlans.find(WavePlans.DEFAULT);
    return Planner.plan(Workforce.read(workforce), waves.config(), Planner.Options.of(1))
        .toRunPlan();
  }

  private static RunSettings settings(Path workforce) {
    return new RunSettings(
        workforce.toString(),
        "/t",
        "/r",
        List.of(),
        ApprovalPolicy.NONE,
        Duration.ofHours(1),
        false,
        3);
  }

  @Test
  void repeatingItIsHarmless() {
    creator.create(wanted("hello", null, null));
    creator.create(wanted("hello", null, null));
    assertThat(told).containsExactly("run_x", "run_x");
  }

  @Test
  void twoIdenticalFilesAreTwoWorkers() throws IOException {
    Files.writeString(folder.resolve("hello/WORKER_002_Greet_Again.md"), FILE);
    Files.writeString(folder.resolve("hello/WORKER_003_Greet_Once_More.md"), FILE);

    creator.create(wanted("hello", null, null));
    creator.create(wanted("hello", null, null));

    assertThat(plans)
        .allSatisfy(plan ->
            assertThat(requireNonNull(manifests.find(plan, RunPlan.class)).workers())
                .extracting(RunPlan.Planned::id)
                .containsExactly("WORKER_001", "WORKER_002", "WORKER_003"));
  }

  @Test
  void whatCannotBeRunIsRefusedInWords() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    refused(wanted("nowhere", null, null), "there is none at");
    refused(wanted("empty", null, null), "WORKER_<digits>_<Title>.md");
    refused(wanted("hello", "no-such-plan", null), "no-such-plan");
    refused(wanted("hello", null, "???"), "???");
    refused(wanted("hello", null, "WORKER_999"), "no worker of hello can run");
    assertThat(told).isEmpty();
  }

  @Test
  void aFileThatCannotBeUsedRefusesTheRunUnlessItMayBeLeftOut() throws IOException {
    var bad = FILE.replace("```bash\necho", "```bash title=\"x\"\necho").replace("001", "002");
    Files.writeString(folder.resolve("hello/WORKER_002_Bad.md"), bad);
    refused(wanted("hello", null, null), "1 of 2 files of hello cannot be carried out");
    assertThat(told).isEmpty();

    allowIncomplete = true;
    creator.create(wanted("hello", null, null));
    assertThat(told).containsExactly("run_x");
  }

  @Test
  void resultsThatCannotBeWrittenAreRefusedBeforeAnythingBegins() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), folder.resolve("not/mounted"));
    refused(wanted("hello", null, null), "Expected a results folder that can be written");
    assertThat(told).isEmpty();
  }

  @Test
  void resultsAreNotWrittenWhereALinkLeads() throws IOException {
    Files.createDirectory(folder.resolve("victim"));
    Files.createSymbolicLink(folder.resolve("out"), folder.resolve("victim"));
    refused(wanted("hello", null, null), "out is a link to " + folder.resolve("victim"));
    assertThat(folder.resolve("victim")).isEmptyDirectory();
  }

  @Test
  void aTextIsCheckedWithoutBeingStored() {
    var report = creator.check("WORKER_001_Greet.md", FILE);
    assertThat(report.path("approved").asBoolean()).isFalse();
    assertThat(report.path("missing").toString()).contains("MITIGATION");
  }

  private void refused(NewRun wanted, String why) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> creator.create(wanted))
        .withMessageContaining(why);
  }

  private boolean allowIncomplete;

  private NewRun wanted(String name, @Nullable String waves, @Nullable String only) {
    return new NewRun(
        "run_x",
        folder.resolve(name),
        waves,
        only,
        null,
        ApprovalPolicy.NONE,
        false,
        null,
        false,
        allowIncomplete,
        3,
        null,
        null,
        List.of(),
        null,
        "alice");
  }
}
