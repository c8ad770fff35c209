package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class HostileFolderTest {
  /// Of an awkward text; the campaign has nearly as many as a file may have.
  private static final int CHARACTERS = Integer.getInteger("bombs.long", 30_000);

  @TempDir Path folder;

  @Test
  void everyBrokenFileIsAFindingAndHidesNoOther() throws Exception {
    Sample.of(1).write(folder);
    var random = new byte[5_000];
    new SplittableRandom(7).nextBytes(random);
    Files.write(folder.resolve("WORKER_002_Binary.md"), random);
    Files.write(folder.resolve("WORKER_003_Empty.md"), new byte[0]);
    try (var big = new RandomAccessFile(folder.resolve("WORKER_004_Big.md").toFile(), "rw")) {
      big.setLength(50L << 20);
    }
    Files.write(folder.resolve("WORKER_005_Utf16.md"), "# W".getBytes(StandardCharsets.UTF_16));
    Files.writeString(folder.resolve("WORKER_006_Nul.md"), "# Worker 006: X\n\n\0\n");
    Files.createSymbolicLink(folder.resolve("WORKER_007_Loop.md"), Path.of("WORKER_007_Loop.md"));
    Files.createSymbolicLink(folder.resolve("WORKER_008_Nowhere.md"), Path.of("gone"));
    Files.createSymbolicLink(folder.resolve("back"), Path.of("."));
    Files.createDirectory(folder.resolve("WORKER_009_Folder.md"));
    pipe(folder.resolve("WORKER_010_Pipe.md"));
    Files.writeString(folder.resolve("README.md"), "not an instruction");
    Files.createDirectory(folder.resolve(".git"));
    Sample.of(99).write(folder.resolve(".git"));
    Sample.of(11).write(folder.resolve("deep/er"));

    var report = Linter.lint(Workforce.read(folder), Linter.Options.DEFAULT);

    assertThat(report.files()).extracting(FileReport::id).doesNotContain("WORKER_099");
    assertThat(finding(report, "WORKER_002")).isEqualTo(Code.NOT_UTF8);
    assertThat(finding(report, "WORKER_003")).isEqualTo(Code.NO_TEST);
    assertThat(finding(report, "WORKER_005")).isEqualTo(Code.NOT_UTF8);
    assertThat(finding(report, "WORKER_006")).isEqualTo(Code.NOT_UTF8);
    for (var id : List.of("WORKER_004", "WORKER_007", "WORKER_008", "WORKER_009", "WORKER_010")) {
      assertThat(finding(report, id)).as(id).isEqualTo(Code.UNREADABLE_FILE);
    }
    assertThat(report.files())
        .filteredOn(file -> file.file().endsWith("/back"))
        .singleElement()
        .satisfies(file -> assertThat(file.findings().getFirst().message()).contains("lead back"));
    assertThat(report.files())
        .filteredOn(file -> file.findings().isEmpty())
        .extracting(FileReport::id)
        .containsExactly("WORKER_001", "WORKER_011");
    assertThat(report.summary().passed()).isEqualTo(2);
  }

  @Test
  void oneFileGivenTwiceIsReadOnce() throws IOException {
    Sample.of(1).write(folder);

    var workforce = Workforce.read(List.of(folder, folder.resolve("WORKER_001_Sample.md"), folder));

    assertThat(workforce.instructions()).extracting(Instruction::id).containsExactly("WORKER_001");
    assertThat(workforce.instructions().getFirst().findings()).isEmpty();
  }

  @Test
  void aPathThatIsNotThereIsSaidAtOnce() {
    assertThatThrownBy(() -> Workforce.read(folder.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void hugeLinesAndDeepNestingAreJustText() throws IOException {
    var awkward =
        List.of(
            filled("x"),
            filled("- "),
            filled("> "),
            filled("["),
            filled("*"),
            filled("`"),
            "# " + filled("WORKER_001 "),
            "## 4. DEPENDENCIES\n- " + filled("WORKER_001, "),
            "## 4. DEPENDENCIES\n- Phase " + filled("1, ") + " complete",
            "## 1. DELIVERABLES\n- " + filled("`a/b` "),
            "## 6. TEST_PROCESS\n```bash\n" + filled("if true; then "),
            "## 6. TEST_PROCESS\n```bash\n" + filled("a && ") + "b\n```",
            filled("```\n## 1. X\n"),
            filled("\n"),
            "## 7. TEST_RESULTS_FORMAT\n```json\n" + filled("[") + "\n```",
            "**" + filled("a") + ":** b",
            "- a\n" + filled(" b\n"));
    for (var i = 0; i < awkward.size(); i++) {
      Files.writeString(folder.resolve("WORKER_%03d_Awkward.md".formatted(i)), awkward.get(i));
    }

    var report = Linter.lint(Workforce.read(folder), Linter.Options.DEFAULT);

    assertThat(report.files()).hasSize(awkward.size());
    assertThat(report.files()).allSatisfy(file -> assertThat(file.findings()).isNotEmpty());
  }

  private static String filled(String part) {
    return part.repeat(CHARACTERS / part.length());
  }

  private static void pipe(Path path) throws IOException, InterruptedException {
    var made = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
    assertThat(made).isZero();
  }

  private static Code finding(LintReport report, String id) {
    return report.files().stream()
        .filter(file -> id.equals(file.id()))
        .flatMap(file -> file.findings().stream())
        .filter(Finding::isError)
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " shows no error"))
        .code();
  }
}
