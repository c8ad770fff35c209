package dev.muster.node.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.agent.Role.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwedTest {
  @TempDir Path root;

  private @Nullable String missing(String path, @Nullable String section) throws IOException {
    var work = Files.createDirectories(root.resolve("work"));
    return new Owed(List.of(new Output(path, section)), List.of("out/a.md", "b.txt")).missing(work);
  }

  private void has(String path, String text) throws IOException {
    var file = root.resolve("work").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aFileIsThereWhenItHoldsSomething() throws IOException {
    assertThat(missing("notes.md", null)).isEqualTo("its role owes `notes.md`");
    has("notes.md", " \n");
    assertThat(missing("notes.md", null)).isNotNull();
    has("notes.md", "x");
    assertThat(missing("notes.md", null)).isNull();
  }

  @Test
  void aSectionIsAHeadingHoweverItIsWritten() throws IOException {
    has("notes.md", "Findings\n### 2. **findings**: ##\ntext\n");
    assertThat(missing("notes.md", "Findings")).isNull();
    assertThat(missing("notes.md", "Find")).contains("with a section `Find`");
  }

  @Test
  void aPatternLooksAmongTheDeliverablesAlone() throws IOException {
    has("c.md", "# Findings\n");
    assertThat(missing("*.md", "Findings"))
        .isEqualTo("its role owes a deliverable called `*.md`, with a section `Findings`");
    has("out/a.md", "# Findings\n");
    assertThat(missing("*.md", "Findings")).isNull();
    assertThat(missing("out/*", null)).isNull();
    assertThat(missing("*.json", null)).as("no deliverable could be it").isNull();
    assertThat(missing("*.txt", null)).isNotNull();
  }

  @Test
  void aLinkIsNoFile() throws IOException {
    has("real", "x");
    Files.createSymbolicLink(root.resolve("work/notes.md"), root.resolve("work/real"));
    assertThat(missing("notes.md", null)).isNotNull();
  }
}
