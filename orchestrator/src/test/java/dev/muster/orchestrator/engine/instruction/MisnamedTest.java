package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisnamedTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WORKER-002.md",
        "WORKER-002_Title.md",
        "worker 2.md",
        "Worker2.markdown",
        "WORKER_002",
        "WORKER_002_Title",
        "WORKER_002.txt",
        "WORKER_002_Title.TXT",
        "WORKER_002.md.bak",
        "WORKER_002.md~",
        "WORKER_002_Title.md.orig",
      })
  void whatLooksLikeAWorkerThatIsNotThereIsAnErrorOfItsOwn(String name) throws IOException {
    Sample.of(1).write(folder);
    Sample.of(3).dependsOn("WORKER_002").write(folder);
    Files.writeString(folder.resolve(name), Sample.of(2).text());

    var workforce = Workforce.read(folder);

    assertThat(workforce.instructions()).hasSize(3);
    var misnamed = workforce.instructions().get(1);
    assertThat(misnamed.id()).isEqualTo("WORKER_002");
    assertThat(misnamed.file()).endsWith("/" + name);
    assertThat(misnamed.compiled()).isNull();
    assertThat(misnamed.findings())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.code()).isEqualTo(Code.MISNAMED_FILE);
          assertThat(it.isError()).isTrue();
          assertThat(it.fix()).contains("WORKER_002_<Title>.md");
        });
  }

  @Test
  void besideItsWorkerItIsWorthAWord() throws IOException {
    Sample.of(2).write(folder);
    Files.writeString(folder.resolve("WORKER_002.md.bak"), "old");
    Files.writeString(folder.resolve("WORKER-2.md"), "older");

    var worker = Workforce.read(folder).instructions();

    assertThat(worker).hasSize(1);
    assertThat(worker.getFirst().compiled()).isNotNull();
    assertThat(worker.getFirst().findings())
        .filteredOn(it -> it.code() == Code.IGNORED_FILE)
        .hasSize(2)
        .noneMatch(Finding::isError)
        .anySatisfy(it -> assertThat(it.message()).contains("WORKER_002.md.bak"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WORKER_001.json",
        "WORKER_001.log",
        "WORKER_001_run.sh",
        "WORKER_001.tar.gz",
        "workers.md",
        "README.md",
        "coworker_1.md",
        ".WORKER_001.md.swp",
        "WORKER_0000000001.md.bak"
      })
  void whatIsSomethingElseIsLeftAlone(String name) throws IOException {
    Files.writeString(folder.resolve(name), "x");
    assertThat(Workforce.read(folder).isEmpty()).isTrue();
  }

  @Test
  void aFolderIsNoMisnamedFile() throws IOException {
    Files.createDirectories(folder.resolve("WORKER_001"));
    Sample.of(1).write(folder.resolve("WORKER_001"));
    var worker = Workforce.read(folder).instructions();
    assertThat(worker).singleElement().satisfies(it -> assertThat(it.compiled()).isNotNull());
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws IOException {
    Files.createSymbolicLink(folder.resolve("WORKER-004.md"), folder.resolve("gone"));
    Files.createSymbolicLink(folder.resolve("WORKER_005_X.md"), folder.resolve("gone"));
    assertThat(Workforce.read(folder).instructions())
        .extracting(it -> it.findings().getFirst().code())
        .containsExactly(Code.MISNAMED_FILE, Code.UNREADABLE_FILE);
  }

  @Test
  void anExampleThatNobodyWaitsForIsWorthAWord() throws IOException {
    Sample.of(1).write(folder);
    Files.writeString(folder.resolve("EXAMPLE.md"), Sample.of(15).text());

    assertThat(ignored())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.isError()).isFalse();
          assertThat(it.message()).contains("EXAMPLE.md");
        });
  }

  @Test
  void otherTextsAreReadOnlyBesideInstructionsAndThroughNoLink() throws IOException {
    var docs = Files.createDirectory(folder.resolve("docs"));
    Sample.of(1).dependsOn("WORKER_015").write(folder);
    var example = Files.writeString(docs.resolve("EXAMPLE.md"), Sample.of(15).text());
    Files.createSymbolicLink(folder.resolve("linked.md"), example);

    assertThat(ignored()).isEmpty();
  }

  @Test
  void whatIsNotLookedIntoForItsSizeIsSaid() throws IOException {
    Sample.of(1).write(folder);
    for (var n = 1; n <= 9; n++) Files.write(folder.resolve(n + ".txt"), new byte[1 << 20]);
    Files.write(folder.resolve("huge.txt"), new byte[(1 << 20) + 1]);

    assertThat(ignored())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).contains("9.txt and what comes after it"));
  }

  /// Of the one instruction.
  private List<Finding> ignored() throws IOException {
    var found = Workforce.read(folder).instructions();
    assertThat(found).singleElement().satisfies(it -> assertThat(it.compiled()).isNotNull());
    return found.getFirst().findings().stream()
        .filter(it -> it.code() == Code.IGNORED_FILE)
        .toList();
  }
}
