package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.refusal.Exit;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  /// A write that fails half-way and one that cannot be begun say it differently.
  @Test
  void aFullDiskIsNamedAsOneHoweverItShows() {
    var why = "No space left on device";
    for (var e : List.of(new IOException(why), new FileSystemException("f", null, why))) {
      var refusal = DataFolder.refusal(folder, e);
      assertThat(refusal.exitCode()).isEqualTo(Exit.FAILED);
      assertThat(refusal).hasMessageContaining("32 MiB of free disk for the data folder " + folder);
      assertThat(refusal.advice()).startsWith("free some space");
    }
  }

  @Test
  void whatAttemptsLeftIsPointedTo() throws Exception {
    Files.createDirectories(folder.resolve("workspaces"));
    var refusal = DataFolder.refusal(folder, new IOException("No space left on device"));
    assertThat(refusal.advice()).contains("what attempts left in " + folder + "/workspaces");
  }

  @Test
  void whatMayNotBeWrittenIsNotFull() {
    var refusal =
        DataFolder.refusal(folder, new FileSystemException("f", null, "Permission denied"));
    assertThat(refusal.exitCode()).isEqualTo(Exit.NOT_ALLOWED);
    assertThat(refusal).hasMessageContaining("found: Permission denied");
  }
}
