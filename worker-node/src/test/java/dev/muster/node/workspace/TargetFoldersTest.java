package dev.muster.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFoldersTest {
  @TempDir private Path data;
  private FolderArtifacts artifacts;
  private TargetFolders targets;

  @BeforeEach
  void open() {
    artifacts = new FolderArtifacts(data.resolve("artifacts"), InstantSource.system());
    targets = new TargetFolders(data, artifacts, 1);
  }

  private interface Packing {
    void into(TargetArchive archive) throws IOException;
  }

  private String packed(Packing packing) throws IOException {
    var file = Files.createTempFile(data, "archive", null);
    try (var archive = new TargetArchive(file)) {
      packing.into(archive);
    }
    return artifacts.put(file, "target").sha256();
  }

  private String project(String content) throws IOException {
    return packed(archive ->
        archive
            .folder("src", 0555)
            .file("src/Main.java", content)
            .link("current", "src")
            .link("outside", "/etc/passwd"));
  }

  @Test
  void aCopyIsMadeOnceAndReadByAll() throws Exception {
    var fetched = new AtomicInteger();
    var counting = new TargetFolders(data, new Counting(artifacts, fetched), 1);
    var sha256 = project("class Main {}");
    List<Future<Path>> copies = new ArrayList<>();
    try (var attempts = Executors.newFixedThreadPool(8)) {
      for (var i = 0; i < 8; i++) copies.add(attempts.submit(() -> counting.borrow(sha256).path()));
    }
    for (var copy : copies) {
      assertThat(copy.get()).isEqualTo(copies.getFirst().get());
      assertThat(copy.get().resolve("src/Main.java")).hasContent("class Main {}");
      assertThat(copy.get().resolve("current")).isSymbolicLink();
      assertThat(Files.readSymbolicLink(copy.get().resolve("outside")))
          .isEqualTo(Path.of("/etc/passwd"));
    }
    assertThat(fetched).hasValue(1);
  }

  @Test
  void ofUnusedCopiesTheNewestStay() throws Exception {
    var first = project("one");
    var second = project("two");
    var third = project("three");
    targets.borrow(first).close();
    try (var used = targets.borrow(second)) {
      targets.borrow(third).close();
      var fourth = project("four");
      targets.borrow(fourth).close();
      assertThat(kept())
          .as("in use, newest unused, new")
          .containsExactlyInAnyOrder(second, third, fourth);
      targets.borrow(third).close();
      targets.borrow(first).close();
      assertThat(kept()).containsExactlyInAnyOrder(second, third, first);
      assertThat(used.path().resolve("src/Main.java")).hasContent("two");
    }
  }

  @Test
  void whatAKilledNodeLeftIsNoCopy() throws Exception {
    var sha256 = project("whole");
    var unfinished = data.resolve("targets/.unpacking-" + sha256 + "/tree");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve("half"), "");
    try (var copy = targets.borrow(sha256)) {
      assertThat(copy.path().resolve("half")).doesNotExist();
      assertThat(copy.path().resolve("src/Main.java")).hasContent("whole");
    }
    assertThat(kept()).containsExactly(sha256);
  }

  @Test
  void aDamagedArchiveLeavesNothingAndMayBeAskedForAgain() throws Exception {
    var file = Files.writeString(data.resolve("broken"), "no archive");
    var sha256 = artifacts.put(file, "target").sha256();
    assertThatIOException().isThrownBy(() -> targets.borrow(sha256));
    assertThatIOException().isThrownBy(() -> targets.borrow(sha256));
    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/outside", "src/../../outside"})
  void noNameLeadsOutOfTheCopy(String name) throws Exception {
    var sha256 = packed(archive -> archive.folder("src", 0755).file(name, "bad"));
    assertThatIOException().isThrownBy(() -> targets.borrow(sha256));
    assertThat(data.resolve("targets/outside")).doesNotExist();
    assertThat(kept()).isEmpty();
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    var outside = Files.createDirectory(data.resolve("outside"));
    var file = packed(archive -> archive.link("way", outside.toString()).file("way/file", "bad"));
    assertThatIOException().isThrownBy(() -> targets.borrow(file));
    var link = packed(archive -> archive.link("way", outside.toString()).link("way/link", "/"));
    assertThatIOException().isThrownBy(() -> targets.borrow(link));
    var twice = packed(archive -> archive.file("a", "1").file("a", "2"));
    assertThatIOException().isThrownBy(() -> targets.borrow(twice));
    var hard = packed(archive -> archive.hardLink("passwd", "/etc/passwd"));
    assertThatIOException().isThrownBy(() -> targets.borrow(hard));
    assertThat(outside).isEmptyDirectory();
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> all = Files.list(data.resolve("targets"))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private record Counting(Artifacts store, AtomicInteger fetched) implements Artifacts {
    @Override
    public String put(Path file) throws IOException {
      return store.put(file);
    }

    @Override
    public boolean holds(String sha256) throws IOException {
      return store.holds(sha256);
    }

    @Override
    public void fetch(String sha256, Path to) throws IOException {
      fetched.incrementAndGet();
      store.fetch(sha256, to);
    }

    @Override
    public byte[] read(String sha256, long from, int bytesMax) throws IOException {
      return store.read(sha256, from, bytesMax);
    }
  }
}
