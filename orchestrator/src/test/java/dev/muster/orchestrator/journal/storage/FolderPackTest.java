package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.journal.storage.FolderPack.TooLargeException;
import dev.muster.protocol.proof.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPackTest {
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-03-01T10:00:00Z"));

  @TempDir private Path temporary;
  private Path folder;
  private Path archive;

  @BeforeEach
  void project() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("project"));
    archive = temporary.resolve("archive");
    write("src/Main.java", "class Main {}");
    write("src-gen/x", "x");
    var script = write("run.sh", "exit 0");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createDirectory(folder.resolve("empty"));
    Files.createSymbolicLink(folder.resolve("up"), Path.of("../../etc/passwd"));
    write(".muster/journal", "secret");
    write("ü/" + "long".repeat(30) + "/" + "name".repeat(30), "deep");
  }

  private Path write(String name, String content) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return Files.setLastModifiedTime(file, TIME);
  }

  private FolderPack pack() {
    return FolderPack.without(List.of(folder.resolve(".muster")));
  }

  @Test
  void theSameFolderGivesTheSameBytesWheneverItIsPacked() throws IOException {
    pack().write(folder, archive);
    var first = Sha256.of(archive);
    // What others change in a folder that is left out shows in the time of the folder around it.
    write(".muster/more", "more");
    pack().write(folder, archive);
    assertThat(Sha256.of(archive)).isEqualTo(first);
    write("src/Main.java", "class Main2 {}");
    pack().write(folder, archive);
    assertThat(Sha256.of(archive)).isNotEqualTo(first);
  }

  @Test
  void linksStayLinksAndWhatIsLeftOutIsNotThere() throws IOException {
    pack().write(folder, archive);
    var entries = entries();
    assertThat(entries.keySet().stream().filter(name -> !name.startsWith("ü")))
        .containsExactly(
            "empty/", "run.sh", "src/", "src-gen/", "src-gen/x", "src/Main.java", "up");
    var link = Objects.requireNonNull(entries.get("up"));
    assertThat(link.isSymbolicLink()).isTrue();
    assertThat(link.getLinkName()).isEqualTo("../../etc/passwd");
    var script = Objects.requireNonNull(entries.get("run.sh"));
    assertThat(script.getMode() & 0777).isEqualTo(0750);
    assertThat(script.getLastModifiedTime()).isEqualTo(TIME);
    assertThat(entries.values()).allMatch(entry -> entry.getUserName().isEmpty());
    assertThat(entries).containsKey("ü/" + "long".repeat(30) + "/" + "name".repeat(30));
  }

  @Test
  void tooManyOrTooLargeFilesAreRefusedWithAWayOut() {
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> new FolderPack(List.of(), 3, 1 << 20).write(folder, archive))
        .withMessageContaining("at most 3 files")
        .withMessageContaining(folder.toString())
        .withMessageContaining("files = shared");
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> new FolderPack(List.of(), 100, 10).write(folder, archive));
  }

  private Map<String, TarArchiveEntry> entries() throws IOException {
    Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
    try (var file = new BufferedInputStream(Files.newInputStream(archive));
        var tar = new TarArchiveInputStream(new GZIPInputStream(file), "UTF-8")) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.put(entry.getName(), entry);
      }
    }
    return entries;
  }
}
