package dev.muster.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.node.workspace.Snapshots.RefusedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With the files that real scripts leave. The claims hold for root as for everybody else.
class TreeCopyTest {
  @TempDir Path folder;
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace = new Workspace(folder.resolve("attempt-1"));
    Files.createDirectories(workspace.work());
  }

  @AfterEach
  void deletable() throws Exception {
    Trees.delete(workspace.folder());
    assertThat(workspace.folder()).doesNotExist();
  }

  private void bash(String script) throws Exception {
    var process =
        new ProcessBuilder("bash", "-ec", script)
            .directory(workspace.work().toFile())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static FileTime time(Path path) throws Exception {
    return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void filesAndFoldersKeepTheirTimesToTheNanosecond() throws Exception {
    bash("mkdir -p src/deep; echo a > src/deep/a; echo b > b; ln -s b link; touch src/deep/z");
    var odd = FileTime.from(Instant.parse("2021-02-03T04:05:06.123456789Z"));
    for (var path : List.of("src/deep/a", "b", "src/deep", "src", "")) {
      Files.setLastModifiedTime(workspace.work().resolve(path), odd);
    }
    assertThat(workspace.copyForValidation()).isEmpty();
    for (var path : List.of("src/deep/a", "src/deep/z", "b", "src/deep", "src", "link", "")) {
      assertThat(time(workspace.validation().resolve(path)))
          .as(path)
          .isEqualTo(time(workspace.work().resolve(path)));
    }
    assertThat(time(workspace.validation().resolve("src/deep/a"))).isEqualTo(odd);
  }

  @Test
  void permissionsAreKeptAlsoOfFoldersThatMustNotBeWritten() throws Exception {
    bash("mkdir d; echo x > d/x; chmod 4711 d/x; chmod 0500 d; mkdir s; chmod 1777 s");
    assertThat(workspace.copyForValidation()).isEmpty();
    assertThat(mode("d/x")).isEqualTo(04711);
    assertThat(mode("d")).isEqualTo(0500);
    assertThat(mode("s")).isEqualTo(01777);
  }

  private int mode(String path) throws Exception {
    return (int) Files.getAttribute(workspace.validation().resolve(path), "unix:mode") & 07777;
  }

  @Test
  void leftoversThatNobodyMayReadAreLeftOutAndNamed() throws Exception {
    bash(
        """
        echo x > good; echo x > left; chmod 000 left
        mkdir -p shut/in half; echo x > shut/in/a; echo x > half/b; chmod 000 shut; chmod 600 half
        echo x > $'caf\\xe9'; chmod 000 $'caf\\xe9'
        """);
    assertThat(workspace.copyForValidation())
        .containsExactlyInAnyOrder("left", "shut", "half", "caf\\xE9");
    try (Stream<Path> copied = Files.list(workspace.validation())) {
      assertThat(copied).containsExactly(workspace.validation().resolve("good"));
    }
  }

  @Test
  void whatIsNeitherFileNorFolderIsNoTroubleAndDanglingLinksStayLinks() throws Exception {
    bash(
        """
        mkfifo pipe; ln -s nowhere dangling; ln -s loop loop; echo x > $'caf\\xe9'; echo y > $'a\\nb'
        python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
        : > "$(printf 'n%.0s' {1..255})"
        """);
    assertThat(workspace.copyForValidation()).isEmpty();
    assertThat(Files.readSymbolicLink(workspace.validation().resolve("dangling")))
        .isEqualTo(Path.of("nowhere"));
    try (Stream<Path> copied = Files.list(workspace.validation())) {
      assertThat(copied.map(FileNames::shown).map(name -> name.replaceAll(".*/", "")))
          .containsExactlyInAnyOrder("dangling", "loop", "caf\\xE9", "a\\nb", "n".repeat(255));
    }
  }

  @Test
  void foldersTooDeepToBeNamedAreLeftOutAndCanStillBeDeleted() throws Exception {
    bash("echo x > good; " + nested("'deep'", 1500));
    assertThat(workspace.copyForValidation()).singleElement().asString().startsWith("deep/deep/");
    assertThat(workspace.validation().resolve("good")).exists();
  }

  @Test
  void namesAsLongAsTheyCanBeAreDeletedAtAnyDepth() throws Exception {
    bash(nested("'n' * 255", 40));
    assertThat(workspace.copyForValidation()).isNotEmpty();
  }

  private static String nested(String name, int depth) {
    return "python3 -c \"import os\nfor _ in range(%d): os.mkdir(%s); os.chdir(%s)\n\""
        .formatted(depth, name, name);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "mkdir out; echo x > out/f; chmod 000 out/f",
        "mkdir -p out/in; echo x > out/in/f; chmod 000 out/in",
        "mkdir -p out; echo x > out/f; chmod 000 out",
        "mkdir -p out; echo x > out/f; chmod 600 out",
      })
  void aDeliverableThatCannotBeReadIsRefusedInWords(String script) throws Exception {
    bash(script);
    for (var path : List.of("out", "out/")) {
      assertThatThrownBy(() -> Snapshots.take(workspace.work(), path))
          .isInstanceOfSatisfying(
              RefusedException.class, refused -> assertThat(refused.lasting()).isFalse())
          .hasMessageContaining("that its owner can read, found `out")
          .hasMessageContaining("with the permissions ");
    }
  }

  @Test
  void aDeliveredNameThatIsNoTextIsRefusedWithAnEscape() throws Exception {
    bash("mkdir out; echo x > out/a; echo x > $'out/caf\\xe9.txt'");
    assertThatThrownBy(() -> Snapshots.take(workspace.work(), "out"))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.lasting()).isTrue())
        .hasMessageContaining("expected file names in UTF-8, found `out/caf\\xE9.txt`");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"'a b'", "$'a\\nb'", "'%41'", "'a\\b'", ".hid", "-n", "$'\\U1F600'", "' '"})
  void everyNameThatIsTextIsDelivered(String name) throws Exception {
    bash("mkdir out; echo content > out/" + name);
    var artifacts = new FolderArtifacts(folder.resolve("artifacts"), InstantSource.system());
    var artifact = Snapshots.take(workspace.work(), "out").getFirst();
    assertThat(artifacts.put(workspace.work().resolve(artifact.path()), artifact.path()))
        .isEqualTo(artifact.withoutTime());
    var next =
        new Workspaces(folder).prepare("run_1", "WORKER_002", 1, List.of(artifact), artifacts);
    assertThat(Snapshots.take(next.inputs(), "out")).containsExactly(artifact);
  }

  @Test
  void aPipeIsNoDeliverable() throws Exception {
    bash("mkfifo out");
    assertThatThrownBy(() -> Snapshots.take(workspace.work(), "out"))
        .hasMessageContaining("found a socket, pipe or device: `out`");
  }

  @Test
  void permissionsOfOthersDoNotMatter() throws Exception {
    bash("mkdir out; echo x > out/f; chmod 400 out/f; chmod 500 out");
    assertThat(Snapshots.take(workspace.work(), "out")).hasSize(1);
    Files.setPosixFilePermissions(
        workspace.work().resolve("out"), PosixFilePermissions.fromString("rwx------"));
  }
}
