package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursTest {
  private static final int FILES = 12;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (var number = 1; number <= FILES; number++) sample(number).write(folder);
  }

  private static Sample sample(int number) {
    var sample =
        Sample.of(number)
            .metadata("Phase", number <= FILES / 2 ? "1.1" : "2.1")
            .section("DELIVERABLES", "- [ ] `out/" + number % 5 + ".txt`");
    return number == 1 ? sample : sample.dependsOn("WORKER_%03d complete".formatted(number - 1));
  }

  /// Each of them begins where the one before it ended, as one writes.
  private static final List<UnaryOperator<Sample>> EDITS =
      List.of(
          it -> it.section("NOTES", "A sentence."),
          it -> it.section("NOTES", "A sentence.\n\nAnd another."),
          it -> it.dependsOn("WORKER_099 complete"),
          it -> it.dependsOn("WORKER_012 complete"),
          it -> it.dependsOn("- All of Phase 2 complete"),
          it -> it.dependsOn("- All of Phase 1 complete"),
          it -> it.metadata("Priority", "5"),
          it -> it.section("DELIVERABLES", "- [ ] `out/new.txt`"),
          it -> it.section("DELIVERABLES", "Nothing."),
          it -> it.heading("Worker 003: Another"),
          it -> it.without("TEST_PROCESS"),
          it -> it.metadata("Role", "nobody"));

  @Test
  void whateverOneWritesIsJudgedAsALintOfTheWholeFolderWould() throws IOException {
    var neighbours = Neighbours.read(folder, null);
    var file = sample(4).write(folder);
    var written = sample(4);
    for (var edit : EDITS) {
      written = edit.apply(written);
      Files.writeString(file, written.text());
      var expected =
          Linter.lint(Workforce.read(folder), Linter.Options.DEFAULT).files().stream()
              .filter(it -> it.file().equals(InstructionFiles.display(file)))
              .findFirst();

      assertThat(neighbours.judge(InstructionFiles.display(file), bytes(written.text())))
          .isEqualTo(expected.orElseThrow());
    }
  }

  @Test
  void onlyWhatWasWrittenToIsCompiledAgain() throws IOException {
    var before = Neighbours.read(folder, null);
    var changed = sample(4).write(folder);
    Files.writeString(changed, sample(4).section("NOTES", "More.").text());
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1));

    var after = Neighbours.read(folder, before);

    var name = Objects.requireNonNull(changed.getFileName()).toString();
    assertThat(after.named(name)).isNotSameAs(before.named(name));
    var other = Objects.requireNonNull(sample(5).write(folder).getFileName()).toString();
    assertThat(after.named(other)).isSameAs(before.named(other)).isNotNull();
  }

  @Test
  void aFileThatComesOrGoesIsNoticed() throws IOException {
    var neighbours = Neighbours.read(folder, null);
    assertThat(neighbours.hasChanged()).isFalse();
    Files.setLastModifiedTime(folder, FileTime.fromMillis(1));

    assertThat(neighbours.hasChanged()).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
