package dev.muster.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.node.workspace.WorkspacePath.UnsafePathException;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacesTest {
  @TempDir Path data;
  private FolderArtifacts artifacts;
  private Workspaces workspaces;

  @BeforeEach
  void open() {
    artifacts = new FolderArtifacts(data.resolve("artifacts"), InstantSource.system());
    workspaces = new Workspaces(data);
  }

  private Artifact stored(String path, String content) throws IOException {
    return artifacts.put(Files.writeString(data.resolve("source"), content), path);
  }

  @Test
  void contentIsKeptOnceUnderItsDigest() throws Exception {
    var one = stored("a", "same");
    var two = stored("b/c", "same");
    assertThat(one.sha256()).isEqualTo(Sha256.of("same")).isEqualTo(two.sha256());
    assertThat(one.bytes()).isEqualTo(4);
    try (Stream<Path> files = Files.walk(data.resolve("artifacts"))) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactly(
              data.resolve("artifacts/" + one.sha256().substring(0, 2) + "/" + one.sha256()));
    }
  }

  @Test
  void theExecuteBitIsPartOfAnArtifact() throws Exception {
    var script = Files.writeString(data.resolve("s"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    var artifact = artifacts.put(script, "bin/s");
    assertThat(artifact.executable()).isTrue();
    artifacts.fetch(artifact, data.resolve("copy"));
    assertThat(data.resolve("copy")).isExecutable();
  }

  @Test
  void contentThatWasDamagedOrIsMissingIsNotHandedOut() throws Exception {
    var artifact = stored("a", "right");
    var kept =
        data.resolve("artifacts/" + artifact.sha256().substring(0, 2) + "/" + artifact.sha256());
    Files.writeString(kept, "wrong");
    assertThatThrownBy(() -> artifacts.fetch(artifact, data.resolve("copy")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("`a`: expected SHA-256 " + artifact.sha256())
        .hasMessageContaining(kept.toString());
    Files.delete(kept);
    assertThatThrownBy(() -> artifacts.fetch(artifact, data.resolve("copy")))
        .hasMessageContaining("`a`: expected its content in the artifact store");
  }

  @Test
  void aWorkspaceIsSeededAndForItsOwnerOnly() throws Exception {
    var workspace =
        workspaces.prepare("run_1", "WORKER_001", 1, List.of(stored("docs/a.md", "x")), artifacts);
    assertThat(workspace.work().resolve("docs/a.md")).hasContent("x");
    assertThat(workspace.inputs().resolve("docs/a.md")).hasContent("x");
    assertThat(Files.getPosixFilePermissions(workspace.folder()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void inputsKeepTheTimesTheyWereDeliveredWith() throws Exception {
    var source = Files.createDirectories(data.resolve("from")).resolve("a");
    var time = FileTime.from(Instant.parse("2021-02-03T04:05:06.123456789Z"));
    Files.setLastModifiedTime(Files.writeString(source, "x"), time);
    var delivered = Snapshots.take(data.resolve("from"), "a").getFirst();
    artifacts.put(source, "a");
    var workspace = workspaces.prepare("run_1", "WORKER_001", 1, List.of(delivered), artifacts);
    for (var folder : List.of(workspace.work(), workspace.inputs())) {
      assertThat(Files.getLastModifiedTime(folder.resolve("a"))).isEqualTo(time);
    }
  }

  @Test
  void preparingAgainStartsFreshEvenOverUnreadableFolders() throws Exception {
    var first = workspaces.prepare("run_1", "WORKER_001", 1, List.of(), artifacts);
    var closed = Files.createDirectories(first.work().resolve("a/b"));
    Files.writeString(closed.resolve("c"), "x");
    Files.createSymbolicLink(first.work().resolve("link"), data.resolve("artifacts"));
    var kept = stored("a", "x");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    var again = workspaces.prepare("run_1", "WORKER_001", 1, List.of(), artifacts);
    assertThat(again.work()).isEmptyDirectory();
    assertThat(artifacts.holds(kept.sha256())).isTrue();
  }

  @Test
  void onlyTheNewestAttemptKeepsItsFiles() throws Exception {
    var first = workspaces.prepare("run_1", "WORKER_001", 1, List.of(), artifacts);
    Files.writeString(first.log(), "log");
    workspaces.prepare("run_1", "WORKER_001", 2, List.of(), artifacts);
    assertThat(workspaces.find("run_1", "WORKER_001", 1)).isNull();
    assertThat(workspaces.log("run_1", "WORKER_001", 1)).hasContent("log");
    assertThat(workspaces.find("run_1", "WORKER_001", 2)).isNotNull();
    assertThat(workspaces.find("run_1", "WORKER_001", 3)).isNull();
  }

  @ParameterizedTest(name = "inputs were sealed: {0}")
  @ValueSource(booleans = {true, false})
  void whatWasGivenGoesBackOnceTheWorkHasPassedAndWhatWasMadeStays(boolean sealed)
      throws Exception {
    var same = stored("in/deep/same", "same");
    var changed = stored("in/changed", "changed");
    var given = List.of(same, changed, stored("out/linked/kept", "kept"));
    var workspace = workspaces.prepare("run_1", "WORKER_001", 1, given, artifacts);
    var work = workspace.work();
    Files.writeString(work.resolve("in/changed"), "CHANGED");
    Files.writeString(work.resolve("made"), "same");
    var elsewhere = data.resolve("elsewhere");
    Files.move(work.resolve("out/linked"), elsewhere);
    Files.createSymbolicLink(work.resolve("out/linked"), elsewhere);

    workspace.giveBack(given, sealed);

    assertThat(workspace.inputs()).doesNotExist();
    assertThat(work.resolve("in/deep")).doesNotExist();
    assertThat(work.resolve("in/changed")).hasContent("CHANGED");
    assertThat(work.resolve("made")).hasContent("same");
    assertThat(elsewhere.resolve("kept")).hasContent("kept");
    assertThat(artifacts.holds(same.sha256())).isTrue();
  }

  @Test
  void whatWasChangedInBothFoldersIsNoMoreWhatWasGiven() throws Exception {
    var given = List.of(stored("in", "given"));
    var workspace = workspaces.prepare("run_1", "WORKER_001", 1, given, artifacts);
    for (var folder : List.of(workspace.work(), workspace.inputs())) {
      Files.writeString(folder.resolve("in"), "taken");
    }
    workspace.giveBack(given, false);
    assertThat(workspace.work().resolve("in")).hasContent("taken");
  }

  @Test
  void theTimeAnAttemptHasRunOutlivesTheProcess() throws Exception {
    var workspace = workspaces.prepare("run_1", "WORKER_001", 1, List.of(), artifacts);
    assertThat(workspace.ran()).isZero();
    workspace.ran(Duration.ofMillis(1234));
    assertThat(workspace.ran()).isEqualTo(Duration.ofMillis(1234));
  }

  @Test
  void aCopyForTheTestsHasLinksAsLinksAndNothingElse() throws Exception {
    var workspace = workspaces.prepare("run_1", "WORKER_001", 1, List.of(), artifacts);
    Files.createSymbolicLink(workspace.work().resolve("link"), Path.of("/etc/passwd"));
    Files.writeString(workspace.work().resolve("file"), "x");
    new ProcessBuilder("mkfifo", workspace.work().resolve("pipe").toString()).start().waitFor();
    assertThat(workspace.copyForValidation()).isEmpty();
    var copy = workspace.validation();
    assertThat(Files.readSymbolicLink(copy.resolve("link"))).isEqualTo(Path.of("/etc/passwd"));
    assertThat(copy.resolve("file")).hasContent("x");
    assertThat(copy.resolve("pipe")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"", " ", ".", "..", "../x", "a/../../x", "/etc/passwd", "a/..", "x\0y"})
  void pathsThatLeaveAreRefused(String path) {
    assertThatThrownBy(() -> WorkspacePath.inside(data, path))
        .isInstanceOf(UnsafePathException.class)
        .hasMessageContaining("expected a path inside the workspace");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"", "..", ".", "a/b", "../x", ".hidden", "a b"})
  void idsThatAreNoNamesAreRefused(String id) {
    assertThatThrownBy(() -> workspaces.find(id, "WORKER_001", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> workspaces.find("run_1", id, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSnapshotNeverFollowsALink() throws Exception {
    var work = Files.createDirectories(data.resolve("w/real"));
    Files.writeString(work.resolve("f"), "x");
    Files.createSymbolicLink(data.resolve("w/file"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(data.resolve("w/dir"), work);
    var folder = data.resolve("w");
    for (var path : List.of("file", "dir", "dir/f")) {
      assertThatThrownBy(() -> Snapshots.take(folder, path))
          .as(path)
          .isInstanceOf(UnsafePathException.class)
          .hasMessageContaining("is a symbolic link");
    }
    assertThat(Snapshots.take(folder, "real/"))
        .extracting(Artifact::path)
        .containsExactly("real/f");
    assertThat(Snapshots.take(folder, "missing")).isEmpty();
    Files.createSymbolicLink(work.resolve("inner"), Path.of("/etc"));
    assertThatThrownBy(() -> Snapshots.take(folder, "real"))
        .isInstanceOf(UnsafePathException.class);
  }
}
