package dev.muster.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.worker.StoredContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderContentsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant OLD = NOW.minus(Duration.ofDays(2));
  private static final Instant BEFORE = NOW.minus(Duration.ofDays(1));

  @TempDir private Path folder;
  private Path store;
  private FolderArtifacts artifacts;
  private FolderContents contents;

  @BeforeEach
  void claim() throws IOException {
    store = folder.resolve("artifacts");
    artifacts = new FolderArtifacts(store, InstantSource.fixed(NOW));
    contents = claimed("one");
    Files.setLastModifiedTime(
        store.resolve("databases/one"), FileTime.from(OLD.minus(Duration.ofDays(9))));
  }

  private String put(String text, Instant at) throws IOException {
    var sha256 = artifacts.put(Files.writeString(folder.resolve("file"), text));
    Files.setLastModifiedTime(FolderArtifacts.file(store, sha256), FileTime.from(at));
    return sha256;
  }

  private List<String> all() throws IOException {
    var all = new ArrayList<String>();
    for (var shelf = 0; shelf < StoredContents.SHELVES; shelf++) {
      contents.shelf(shelf).forEach(it -> all.add(it.sha256()));
    }
    return all;
  }

  @Test
  void whatIsOldGoesAndWhatIsYoungStays() throws IOException {
    var old = put("four", OLD);
    var young = put("young", NOW);
    assertThat(all()).containsExactlyInAnyOrder(old, young);
    assertThat(contents.remove(old, BEFORE)).isEqualTo(4);
    assertThat(contents.remove(old, BEFORE)).as("gone already").isEqualTo(-1);
    assertThat(contents.remove(young, BEFORE)).isEqualTo(-1);
    assertThat(all()).containsExactly(young);
    assertThat(artifacts.holds(old)).isFalse();
  }

  @Test
  void whoeverAsksForItOrPutsItAgainKeepsIt() throws IOException {
    var asked = put("asked for", OLD);
    assertThat(artifacts.holds(asked)).isTrue();
    var again = put("put again", OLD);
    artifacts.put(Files.writeString(folder.resolve("file"), "put again"));
    assertThat(contents.remove(asked, BEFORE)).isEqualTo(-1);
    assertThat(contents.remove(again, BEFORE)).isEqualTo(-1);
    assertThat(all()).containsExactlyInAnyOrder(asked, again);
  }

  @Test
  void whatWasPutIsThereAlsoWhenItIsRemovedAtTheSameMoment() throws Exception {
    try (var two = Executors.newFixedThreadPool(2)) {
      for (var i = 0; i < 2000; i++) {
        var text = "content " + i;
        var file = Files.writeString(folder.resolve("raced"), text);
        var sha256 = put(text, OLD);
        Callable<Object> put = () -> artifacts.put(file);
        Callable<Object> remove = () -> contents.remove(sha256, BEFORE);
        var done = two.invokeAll(List.of(put, remove));
        for (var each : done) each.get();
        assertThat(Files.readString(FolderArtifacts.file(store, sha256))).isEqualTo(text);
      }
    }
  }

  @Test
  void whatAnotherDatabaseMayNameStays() throws IOException {
    put("x", OLD);
    assertThat(contents.untouchable()).isNull();
    claimed("two");
    assertThat(contents.untouchable()).contains("expected one database", "found 2");
  }

  @Test
  void whatLayThereBeforeTheDatabaseDidIsNotItsOwn() throws IOException {
    var before = put("before", OLD);
    var since = put("since", NOW);
    Files.setLastModifiedTime(store.resolve("databases/one"), FileTime.from(BEFORE));
    claimed("one");
    assertThat(all()).containsExactly(since).doesNotContain(before);
  }

  @Test
  void whatACrashLeftHalfWayIsClearedAway() throws IOException {
    var moved = put("moved", OLD);
    var content = FolderArtifacts.file(store, moved);
    Files.move(content, content.resolveSibling(moved + ".leaving"));
    var unfinished = Files.writeString(store.resolve("put-1.part"), "half");
    var underWay = Files.writeString(store.resolve("put-2.part"), "half");
    Files.setLastModifiedTime(unfinished, FileTime.from(OLD));
    Files.setLastModifiedTime(underWay, FileTime.from(NOW));
    assertThat(all()).isEmpty();
    contents.tidy(BEFORE);
    assertThat(all()).containsExactly(moved);
    assertThat(unfinished).doesNotExist();
    assertThat(underWay).exists();
  }

  private FolderContents claimed(String database) throws IOException {
    var claimed = new FolderContents(store, () -> database);
    claimed.claim();
    return claimed;
  }
}
