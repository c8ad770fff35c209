package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgedTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Sample.of(1).write(folder.resolve("a"));
    Sample.of(2).dependsOn("WORKER_001").write(folder.resolve("a"));
    Sample.of(1).write(folder.resolve("b"));
    Sample.of(3).dependsOn("WORKER_002").write(folder.resolve("b"));
  }

  @Test
  void twoFoldersAreTwoWorkforces() throws IOException {
    var report = lint("a", "b");

    assertThat(report.files()).hasSize(4);
    assertThat(findings(report)).containsExactly(Code.UNKNOWN_DEPENDENCY); // 002 is not in b
  }

  @Test
  void aFileIsJudgedAmongItsSiblingsAndTheyAreNot() throws IOException {
    var report = lint("a/WORKER_002_Sample.md");

    assertThat(report.files()).extracting(FileReport::id).containsExactly("WORKER_002");
    assertThat(findings(report)).isEmpty();
  }

  @Test
  void filesOfTwoFoldersAreJudgedInTheirOwn() throws IOException {
    var report = lint("a/WORKER_001_Sample.md", "b/WORKER_001_Sample.md", "b/WORKER_003_Sample.md");

    assertThat(report.files()).hasSize(3);
    assertThat(findings(report)).containsExactly(Code.UNKNOWN_DEPENDENCY);
  }

  @Test
  void whatLiesInAFolderThatIsGivenIsJudgedOnce() throws IOException {
    assertThat(lint("a", "a", "a/WORKER_001_Sample.md").files()).hasSize(2);
    assertThat(lint(".", "a").files()).hasSize(4);
  }

  @Test
  void aFileMayBeNamedAsItLikes() throws IOException {
    Files.copy(folder.resolve("a/WORKER_001_Sample.md"), folder.resolve("a/notes.md"));

    assertThat(lint("a/notes.md").files()).hasSize(1);
  }

  @Test
  void aPathThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> lint("a", "gone")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> lint("gone/WORKER_001.md")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void oneIdInTwoSubfoldersIsADuplicateHoweverAlikeTheFilesAre() throws IOException {
    var report = lint(".");

    assertThat(findings(report)).contains(Code.DUPLICATE_ID);
  }

  private LintReport lint(String... names) throws IOException {
    var paths = List.of(names).stream().map(name -> folder.resolve(name).normalize()).toList();
    return Linter.lint(Judged.of(paths), Linter.Options.DEFAULT);
  }

  private static List<Code> findings(LintReport report) {
    return report.files().stream()
        .flatMap(file -> file.findings().stream())
        .map(Finding::code)
        .toList();
  }
}
