package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameTextsTest {
  @TempDir private Path folder;
  private final Map<String, String> taken = new HashMap<>();

  @BeforeEach
  void write() throws IOException {
    for (var id : new String[] {"WORKER_001", "WORKER_002"}) {
      var text = "# " + id + "\n";
      Files.writeString(folder.resolve(id + "_It.md"), text);
      taken.put(id, Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private boolean isSame() throws IOException {
    return SameTexts.in(folder, taken);
  }

  @Test
  void whatWasTakenIsStillThereWhateverElseCame() throws IOException {
    assertThat(isSame()).isTrue();
    Files.writeString(folder.resolve("WORKER_003_New.md"), "# WORKER_003\n");
    Files.writeString(folder.resolve("notes.txt"), "notes");
    assertThat(isSame()).as("one that came is no text that was taken").isTrue();
  }

  @Test
  void aTextThatChangedWentOrChangedPlacesIsNotTheSame() throws IOException {
    var first = folder.resolve("WORKER_001_It.md");
    var second = folder.resolve("WORKER_002_It.md");
    Files.writeString(first, "# WORKER_001, changed\n");
    assertThat(isSame()).isFalse();
    Files.delete(first);
    assertThat(isSame()).isFalse();
    Files.copy(second, first);
    assertThat(isSame()).isFalse();
  }

  @Test
  void twoFilesOfOneWorkerAreNeverCertain() throws IOException {
    Files.writeString(folder.resolve("WORKER_001_Again.md"), "# WORKER_001, again\n");
    assertThat(isSame()).isFalse();
  }

  @Test
  void aFileWhoseNameSaysNoWorkerHasToBeReadForThat() throws IOException {
    Files.writeString(folder.resolve("WORKER_It.md"), "# WORKER_001, changed\n");
    assertThat(isSame()).isFalse();
  }

  @Test
  void whatCannotBeReadIsNotCertain() throws IOException {
    Files.createDirectory(folder.resolve("WORKER_004_Folder.md"));
    assertThat(isSame()).isFalse();
  }
}
