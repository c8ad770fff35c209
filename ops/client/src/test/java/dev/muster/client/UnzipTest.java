package dev.muster.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnzipTest {
  @TempDir Path room;

  private Path archive(int bytes, String... names) throws IOException {
    var archive = room.resolve("archive.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (var name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[bytes]);
      }
    }
    return archive;
  }

  private Path folder() {
    return room.resolve("folder");
  }

  @Test
  void filesAreWhereTheirNamesSay() throws IOException {
    assertThat(Unzip.into(archive(3, "run_1/a", "run_1/b/c"), folder())).isEqualTo(2);
    assertThat(folder().resolve("run_1/b/c")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/../../out", "/tmp/muster-out", "..", "a/.."})
  void nothingIsWrittenElsewhere(String name) throws IOException {
    var archive = archive(1, name);
    assertThatIOException()
        .isThrownBy(() -> Unzip.into(archive, folder()))
        .withMessage("expected names below the folder, found `" + name + "`");
    assertThat(room.resolve("out")).doesNotExist();
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Files.createDirectories(folder());
    var elsewhere = Files.createDirectory(room.resolve("elsewhere"));
    Files.createSymbolicLink(folder().resolve("run_1"), elsewhere);
    var archive = archive(1, "run_1/a");
    assertThatIOException().isThrownBy(() -> Unzip.into(archive, folder()));
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void nothingIsReplaced() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("mine"), "mine", UTF_8);
    var archive = archive(1, "mine");
    assertThatIOException().isThrownBy(() -> Unzip.into(archive, folder()));
    assertThat(folder().resolve("mine")).hasContent("mine");
  }

  @Test
  void whatUnpacksToMoreThanAllowedIsCutShort() throws IOException {
    var bomb = archive(1 << 20, "zeros");
    assertThat(Files.size(bomb)).isLessThan(1 << 14);
    assertThatIOException()
        .isThrownBy(() -> Unzip.into(bomb, folder(), 10, 1 << 18))
        .withMessageContaining("at most 262,144 bytes");
    assertThat(Files.size(folder().resolve("zeros"))).isLessThanOrEqualTo(1 << 18);
  }

  @Test
  void soIsWhatHasTooManyEntries() throws IOException {
    var archive = archive(0, "a", "b", "c");
    assertThatIOException()
        .isThrownBy(() -> Unzip.into(archive, folder(), 2, 1 << 18))
        .withMessageContaining("at most 2 entries");
  }
}
