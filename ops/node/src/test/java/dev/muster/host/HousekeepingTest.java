package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.settings.Settings.Keep;
import dev.muster.node.workspace.FolderArtifacts;
import dev.muster.node.workspace.OldWorkspaces;
import dev.muster.node.workspace.Workspaces;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.WorkerPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HousekeepingTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Keep KEEP =
      new Keep(Duration.ofDays(1), Duration.ofDays(14), Duration.ofDays(1), null);

  @TempDir Path data;
  private final Map<String, List<WorkerView>> journal = new HashMap<>();
  private Instant now = THEN;
  private final Set<String> deleted = new HashSet<>();
  private boolean logsMayMove = true;

  private Housekeeping.Removed round(Keep keep) {
    return new Housekeeping(
            new OldWorkspaces(data),
            journal::get,
            runs -> runs.stream().filter(deleted::contains).collect(Collectors.toSet()),
            _ -> logsMayMove,
            keep,
            () -> now)
        .round(() -> false);
  }

  private Path worked(String run, String worker, WorkerPhase phase, @Nullable Instant settledAt)
      throws IOException {
    var workspace =
        new Workspaces(data)
            .prepare(
                run,
                worker,
                1,
                List.of(),
                new FolderArtifacts(data.resolve("a"), InstantSource.system()));
    Files.writeString(workspace.work().resolve("made"), "x".repeat(1_000));
    Files.writeString(workspace.log(), "log");
    Files.setLastModifiedTime(workspace.folder(), FileTime.from(THEN));
    journal
        .computeIfAbsent(run, _ -> new ArrayList<>())
        .add(
            new WorkerView(
                worker, "t", 1, phase, 1, 0, "n", null, THEN, settledAt, 1.0, false, List.of(),
                List.of(), null, List.of()));
    return workspace.folder();
  }

  @Test
  void completedOnesGoAfterADayAndFailedOnesAfterTwoWeeks() throws Exception {
    var completed = worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    var failed = worked("run_1", "WORKER_002", WorkerPhase.FAILED, THEN);
    now = THEN.plus(Duration.ofDays(1)).minusMillis(1);
    assertThat(round(KEEP)).isEqualTo(new Housekeeping.Removed(0, 0));
    now = THEN.plus(Duration.ofDays(1));
    assertThat(round(KEEP)).isEqualTo(new Housekeeping.Removed(1, 1_000));
    assertThat(completed).doesNotExist();
    assertThat(failed).exists();
    now = THEN.plus(Duration.ofDays(14));
    assertThat(round(KEEP).workspaces()).isEqualTo(1);
    assertThat(data.resolve("workspaces/run_1")).doesNotExist();
  }

  @Test
  void theLogIsStillFoundByTheApiAndByOtherNodes() throws Exception {
    worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    now = THEN.plus(Duration.ofDays(2));
    round(KEEP);
    assertThat(new Workspaces(data).log("run_1", "WORKER_001", 1)).hasContent("log");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = WorkerPhase.class,
      names = {"RUNNING", "AWAITING_APPROVAL", "BACKOFF", "PAUSED", "VALIDATING", "ENLISTED"})
  void whatMayGoOnIsNeverTouched(WorkerPhase phase) throws Exception {
    var folder = worked("run_1", "WORKER_001", phase, null);
    now = THEN.plus(Duration.ofDays(1_000));
    round(new Keep(Duration.ZERO, Duration.ZERO, Duration.ofDays(1), null));
    assertThat(folder.resolve("work/made")).exists();
  }

  @Test
  void theAgeCountsFromTheEndAndNotFromTheLastFile() throws Exception {
    var folder =
        worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN.plus(Duration.ofHours(30)));
    now = THEN.plus(Duration.ofHours(50));
    round(KEEP);
    assertThat(folder).exists();
  }

  @Test
  void withZeroTheyGoAtOnce() throws Exception {
    worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    assertThat(
            round(new Keep(Duration.ZERO, Duration.ofDays(14), Duration.ofDays(1), null))
                .workspaces())
        .isEqualTo(1);
  }

  @Test
  void workspacesOfRunsThatTheJournalDoesNotKnowStay() throws Exception {
    var folder = worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    journal.clear();
    now = THEN.plus(Duration.ofDays(1_000));
    round(KEEP);
    assertThat(folder).exists();
  }

  @Test
  void whatWasDeletedElsewhereLeavesNothingHereAndNoOtherRunLosesAnything() throws Exception {
    worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    worked("run_2", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    now = THEN.plus(Duration.ofDays(2));
    round(KEEP);
    worked("run_1", "WORKER_002", WorkerPhase.FAILED, THEN);
    var kept = worked("run_3", "WORKER_001", WorkerPhase.FAILED, THEN);
    journal.remove("run_1");
    journal.remove("run_2");
    deleted.addAll(Set.of("run_1", "run_2"));
    logsMayMove = false;
    round(KEEP);
    assertThat(data.resolve("workspaces")).isDirectoryNotContaining("glob:**/run_[12]");
    assertThat(data.resolve("attempt-logs")).isEmptyDirectory();
    assertThat(kept).exists();
  }

  @Test
  void aLogThatOtherNodesDoNotFindYetKeepsItsWorkspace() throws Exception {
    var folder = worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    now = THEN.plus(Duration.ofDays(2));
    logsMayMove = false;
    round(KEEP);
    assertThat(folder).exists();
  }

  @Test
  void aJournalThatDoesNotAnswerEndsTheRoundAndRemovesNothing() throws Exception {
    var folder = worked("run_1", "WORKER_001", WorkerPhase.COMPLETED, THEN);
    now = THEN.plus(Duration.ofDays(2));
    var removed =
        new Housekeeping(
                new OldWorkspaces(data),
                _ -> {
                  throw new JournalException("away", new SQLException("away"));
                },
                _ -> Set.of(),
                _ -> true,
                KEEP,
                () -> now)
            .round(() -> false);
    assertThat(removed.workspaces()).isZero();
    assertThat(folder).exists();
  }
}
