package dev.muster.orchestrator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.http.NewRun;
import dev.muster.orchestrator.http.ProblemException;
import dev.muster.orchestrator.http.Runs;
import dev.muster.orchestrator.storage.Database;
import dev.muster.orchestrator.storage.DatabaseSettings;
import dev.muster.orchestrator.storage.InstructionStore;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
  private final List<RunPlan> plans = new ArrayList<>();
  private Database database;
  private InstructionStore store;
  private FolderRuns creator;

  @BeforeEach
  void open() throws IOException {
    var data = folder.resolve("data");
    database = Database.open(DatabaseSettings.embedded(data), data);
    store = new InstructionStore(database.source());
    creator =
        new FolderRuns(
            store,
            new ToldRuns(told, plans),
            Targets.SHARED,
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
            assertThat(plan.workers())
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
  void aTextIsCheckedWithoutBeingStored() {
    var report = creator.check("WORKER_001_Greet.md", FILE);
    assertThat(report.path("approved").asBoolean()).isFalse();
    assertThat(report.path("missing").toString()).contains("MITIGATION");
  }

  private void refused(NewRun wanted, String why) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> creator.create(wanted))
        .withMessageContaining(why);
  }

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
        3);
  }

  /// Supervisors that only note that they were created.
  private record ToldRuns(List<String> told, List<RunPlan> plans) implements Runs {
    @Override
    public CompletionStage<RunStatus> create(String run, RunPlan plan, RunSettings settings) {
      told.add(run);
      plans.add(plan);
      return describe(run);
    }

    @Override
    public CompletionStage<RunStatus> describe(String run) {
      return new CompletableFuture<RunStatus>().completeOnTimeout(null, 0, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<RunStatus> pause(String run, List<String> workers, String by) {
      return describe(run);
    }

    @Override
    public CompletionStage<RunStatus> resume(String run, List<String> workers, String by) {
      return describe(run);
    }

    @Override
    public CompletionStage<RunStatus> cancel(String run, List<String> workers, String by) {
      return describe(run);
    }

    @Override
    public CompletionStage<RunStatus> retry(String run, List<String> workers, String by) {
      return describe(run);
    }

    @Override
    public CompletionStage<RunStatus> launch(String run, int wave, String by) {
      return describe(run);
    }
  }
}
