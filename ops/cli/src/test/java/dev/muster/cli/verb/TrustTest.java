package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void settings(String text) throws IOException {
    Files.writeString(folder.resolve("muster.conf"), text);
  }

  @Test
  void whatIsTrustedIsShownAndHoldsUntilItChanges() throws IOException {
    settings("sandbox = off\n");
    assertThat(bench.muster("config", "view")).isEqualTo(2);
    assertThat(bench.err()).contains("muster trust " + folder);
    assertThat(bench.muster("trust", ".")).isZero();
    assertThat(bench.err()).contains("sandbox = ").contains("trusted as it is now");
    assertThat(bench.muster("config", "view", "-o", "jsonl")).isZero();
    assertThat(bench.out()).contains("muster.conf:1, trusted");
    assertThat(bench.muster("trust", "--list")).isZero();
    assertThat(bench.out()).contains("muster.conf").contains("trusted");
    settings("sandbox = off\nslots = 900\n");
    assertThat(bench.muster("config", "view")).isEqualTo(2);
    assertThat(bench.err()).contains("has changed since you trusted it");
    assertThat(bench.muster("trust", "--list", "-o", "jsonl")).isZero();
    assertThat(bench.out()).contains("\"state\":\"changed\"");
    assertThat(bench.muster("trust", ".", "--remove")).isZero();
    assertThat(bench.muster("trust", ".", "--remove")).isEqualTo(3);
    assertThat(bench.muster("trust", "--list", "-o", "name")).isZero();
    assertThat(bench.out()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNotTrusted() throws IOException {
    assertThat(bench.muster("trust", "nowhere")).isEqualTo(3);
    settings("sandbox = {");
    assertThat(bench.muster("trust", ".")).isEqualTo(2);
    Files.delete(folder.resolve("muster.conf"));
    Files.createSymbolicLink(folder.resolve("muster.conf"), Path.of("/etc/passwd"));
    assertThat(bench.muster("trust", ".")).isEqualTo(4);
    assertThat(bench.err()).contains("a link to /etc/passwd");
    assertThat(bench.muster("trust")).isEqualTo(2);
    assertThat(bench.muster("trust", ".", "--move")).isEqualTo(2);
  }

  /// `.muster` of an earlier version, with what nobody must lose.
  @Test
  void dataOfAnEarlierVersionMoveWithOneCommand() throws IOException {
    var old = Files.createDirectory(folder.resolve(".muster"));
    Files.writeString(old.resolve("journal.mark"), "kept");
    Files.createDirectories(old.resolve("workspaces/run_1"));
    assertThat(bench.muster("runs", "list")).isEqualTo(5);
    assertThat(bench.err()).contains("muster trust --data " + old + " --move");
    assertThat(bench.hosted).isEmpty();
    assertThat(bench.muster("trust", "--data", ".muster", "--move")).as(bench::err).isZero();
    assertThat(old).doesNotExist();
    assertThat(bench.data().resolve("journal.mark")).hasContent("kept");
    assertThat(bench.data().resolve("workspaces/run_1")).isDirectory();
    assertThat(bench.muster("runs", "list")).isZero();
    assertThat(bench.hosted).hasSize(1);
    assertThat(bench.err()).doesNotContain(".muster is not used");
  }

  @Test
  void nothingIsMovedOverWhatIsThere() throws IOException {
    bench.nodeRuns();
    var old = Files.createDirectory(folder.resolve(".muster"));
    Files.writeString(old.resolve("journal.mark"), "old");
    assertThat(bench.muster("runs", "list")).as("it goes on, with a word").isZero();
    assertThat(bench.err()).contains("warning: " + old + " is not used");
    assertThat(bench.muster("trust", "--data", ".muster", "--move")).isEqualTo(5);
    assertThat(old.resolve("journal.mark")).exists();
    assertThat(bench.muster("trust", "--data", "none")).isEqualTo(3);
  }
}
