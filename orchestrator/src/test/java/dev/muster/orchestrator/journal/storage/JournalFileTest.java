package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.storage.StorageException.Reason;
import dev.muster.orchestrator.readside.view.Journal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFileTest {
  @TempDir Path data;
  private Path file;

  @BeforeEach
  void use() {
    file = data.resolve("muster.mv.db");
    open();
    assertThat(file).isNotEmptyFile();
    assertThat(problem()).isNull();
  }

  @Test
  void anEmptyFileIsALostJournalAndNoNewOne() throws Exception {
    Files.createDirectories(data.resolve("workspaces/run_a/WORKER_001"));
    Files.writeString(file, "");
    assertThat(problem()).contains("is empty").contains("workspaces of run_a");
    refuses();
    assertThat(file).as("it is not touched").isEmptyFile();
  }

  @Test
  void aMissingFileIsALostJournalAlsoWithoutWorkspaces() throws Exception {
    Files.delete(file);
    assertThat(problem()).contains("is gone").contains("used before");
    refuses();
    assertThat(file).doesNotExist();
  }

  @Test
  void aMissingFileBesideWorkspacesIsLostAlsoWhereTheMarkIsGone() throws Exception {
    Files.createDirectories(data.resolve("workspaces/run_a"));
    Files.delete(file);
    Files.delete(data.resolve("journal.mark"));
    refuses();
  }

  @Test
  void aJournalWithoutEventsBesideWorkspacesIsAnotherOne() throws Exception {
    Files.createDirectories(data.resolve("workspaces/run_a"));
    assertThat(problem()).contains("knows no run").contains("run_a");
    refuses();
  }

  @Test
  void randomBytesAreADamagedJournal() throws Exception {
    var bytes = new byte[9_000];
    new Random(7).nextBytes(bytes);
    Files.write(file, bytes);
    assertThat(problem()).contains("is damaged");
    refuses();
    assertThat(file).hasBinaryContent(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 4_096, 8_192, 20_480})
  void aFileThatIsCutShortIsADamagedJournal(int bytes) throws Exception {
    write();
    assertThat(problem()).isNull();
    open();
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
    refuses();
    assertThat(problem()).contains("is damaged");
  }

  /// Enough that a file which is cut has lost something.
  private void write() throws Exception {
    try (var database = Database.open(DatabaseSettings.embedded(data), data);
        var journal = new Journal(database)) {
      for (var n = 0; n < 50; n++) journal.run(journal.created());
    }
  }

  @Test
  void aFolderInItsPlaceIsSaid() throws Exception {
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(problem()).contains("found a folder");
    refuses();
  }

  @Test
  void aFreshFolderIsBegunWithoutAWord(@TempDir Path fresh) {
    Database.open(DatabaseSettings.embedded(fresh), fresh).close();
    assertThat(fresh.resolve("journal.mark")).exists();
  }

  private void open() {
    Database.open(DatabaseSettings.embedded(data), data).close();
  }

  private void refuses() {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StorageException.class, it -> assertThat(it.reason()).isEqualTo(Reason.LOST));
  }

  private @Nullable String problem() {
    var journal = JournalFile.of(DatabaseSettings.embedded(data), data);
    return journal == null ? null : journal.problemInside();
  }
}
