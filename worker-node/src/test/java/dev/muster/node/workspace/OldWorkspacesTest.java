package dev.muster.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldWorkspacesTest {
  @TempDir Path data;
  private Workspaces workspaces;
  private OldWorkspaces old;

  @BeforeEach
  void open() {
    workspaces = new Workspaces(data);
    old = new OldWorkspaces(data);
  }

  private Workspace prepared(String run, String worker) throws IOException {
    var artifacts = new FolderArtifacts(data.resolve("artifacts"), InstantSource.system());
    var workspace = workspaces.prepare(run, worker, 1, List.of(), artifacts);
    Files.writeString(workspace.work().resolve("made"), "1234567");
    Files.writeString(workspace.log(), "log");
    return workspace;
  }

  @Test
  void aRemovedWorkspaceLeavesItsLogAndNothingElse() throws Exception {
    prepared("run_1", "WORKER_001");
    assertThat(old.remove(old.of("run_1").getFirst())).isEqualTo(7);
    assertThat(workspaces.find("run_1", "WORKER_001", 1)).isNull();
    assertThat(workspaces.log("run_1", "WORKER_001", 1)).hasContent("log");
    assertThat(data.resolve("workspaces/run_1")).doesNotExist();
    assertThat(data.resolve("workspaces/.removed")).isEmptyDirectory();
  }

  @Test
  void theOtherWorkspacesOfARunStay() throws Exception {
    prepared("run_1", "WORKER_001");
    prepared("run_1", "WORKER_002");
    prepared("run_2", "WORKER_001");
    old.remove(old.of("run_1").getFirst());
    assertThat(old.of("run_1")).hasSize(1);
    assertThat(old.runs()).containsExactly("run_1", "run_2");
  }

  @Test
  void aLinkInPlaceOfALogIsNeitherFollowedNorKept() throws Exception {
    var workspace = prepared("run_1", "WORKER_001");
    var precious = Files.writeString(data.resolve("precious"), "x");
    Files.delete(workspace.log());
    Files.createSymbolicLink(workspace.log(), precious);
    old.remove(old.of("run_1").getFirst());
    assertThat(precious).hasContent("x");
    assertThat(data.resolve("attempt-logs")).doesNotExist();
  }

  @Test
  void whatAKilledNodeHadOnlyRenamedIsDeletedLater() throws Exception {
    Files.createDirectories(data.resolve("workspaces/.removed/run_1-WORKER_001-1/work"));
    assertThat(old.runs()).isEmpty();
    old.finish();
    assertThat(data.resolve("workspaces/.removed")).doesNotExist();
  }

  @Test
  void whatARunTakesUpIsItsWorkspacesAndItsLogs() throws Exception {
    assertThat(old.diskUse("run_1")).isEqualTo(new DiskUse(0, 0));
    prepared("run_1", "WORKER_001");
    prepared("run_1", "WORKER_002");
    prepared("run_2", "WORKER_001");
    var before = old.diskUse("run_1");
    old.remove(old.of("run_1").getFirst());
    var after = old.diskUse("run_1");
    assertThat(before.bytes()).isEqualTo(20);
    assertThat(after.bytes()).isEqualTo(13);
    assertThat(after.files()).isLessThan(before.files());
  }

  @Test
  void aRunIsRemovedWithItsLogs() throws Exception {
    prepared("run_1", "WORKER_001");
    prepared("run_1", "WORKER_002");
    prepared("run_2", "WORKER_001");
    old.remove(old.of("run_1").getFirst());
    old.removeRun("run_1");
    old.removeRun("run_1");
    assertThat(old.runs()).containsExactly("run_2");
    assertThat(data.resolve("attempt-logs/run_1")).doesNotExist();
  }
}
