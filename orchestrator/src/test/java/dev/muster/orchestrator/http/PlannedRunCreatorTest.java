package dev.muster.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.storage.Database;
import dev.muster.orchestrator.storage.DatabaseSettings;
import dev.muster.orchestrator.storage.InstructionStore;
import dev.muster.protocol.approval.ApprovalPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedRunCreatorTest {
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
  private final FakeRuns runs = new FakeRuns();
  private Database database;
  private InstructionStore store;
  private PlannedRunCreator creator;

  @BeforeEach
  void open() throws IOException {
    var data = folder.resolve("data");
    database = Database.open(DatabaseSettings.embedded(data), data);
    store = new InstructionStore(database.source());
    creator =
        new PlannedRunCreator(
            runs,
            store,
            new RunDefaults(folder, folder.resolve("out"), List.of(data), Duration.ofHours(24), 2));
    Files.createDirectories(folder.resolve("hello"));
    Files.writeString(folder.resolve("hello/WORKER_001_Greet.md"), FILE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFolderBecomesARunWhoseInstructionsAreStored() throws Exception {
    creator.create(wanted("hello", null, null));

    assertThat(runs.told).containsExactly("create run_x");
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
    assertThat(runs.told).containsExactly("create run_x", "create run_x");
  }

  @Test
  void whatCannotBeRunIsRefusedInWords() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    refused(wanted("nowhere", null, null), 404, "no-such-folder");
    refused(wanted("empty", null, null), 400, "empty-workforce");
    refused(wanted("hello", "no-such-plan", null), 400, "invalid-wave-plan");
    refused(wanted("hello", null, "???"), 400, "invalid-selection");
    refused(wanted("hello", null, "WORKER_999"), 422, "unplannable");
    assertThat(runs.told).isEmpty();
  }

  @Test
  void aTextIsCheckedWithoutBeingStored() {
    var report = creator.check("WORKER_001_Greet.md", FILE);
    assertThat(report.path("approved").asBoolean()).isFalse();
    assertThat(report.path("missing").toString()).contains("MITIGATION");
  }

  private void refused(NewRun wanted, int status, String code) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> creator.create(wanted))
        .satisfies(e -> {
          assertThat(e.problem().status()).isEqualTo(status);
          assertThat(e.problem().code()).isEqualTo(code);
        });
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
}
