package dev.muster.node.foresight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.approval.Preview.Deletion;
import dev.muster.protocol.approval.Preview.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a script would do to `site` in the target, which it may write, from a workspace.
class ForesightTest extends ForesightFixture {
  @Test
  void whatWouldBeDeletedIsCounted() {
    for (var script :
        List.of(
            "rm -rf \"$MUSTER_TARGET/site/old\"",
            "set -e\ncd $MUSTER_TARGET/site && rm -r -- ./old # gone",
            "rm -rf ${MUSTER_TARGET}/si'te'/ol?",
            "rm -rf \"$MUSTER_TARGET/site\"/o*d")) {
      var seen = foresee(script);
      assertThat(seen.deletions())
          .as(script)
          .containsExactly(new Deletion(site + "/old", 1, 5, List.of("a.txt")));
      assertThat(seen.unforeseen()).isEmpty();
    }
  }

  @Test
  void whatRunAndWorkerAreCalledIsKnownUnlessTheScriptSaysOtherwise() {
    var seen = foresee("cp new.html \"$MUSTER_TARGET/site/.$MUSTER_RUN-${MUSTER_WORKER}.tmp\"");
    assertThat(seen.changes())
        .extracting(Preview.Change::path)
        .containsExactly(site + "/.run_1-WORKER_001.tmp");
    assertThat(seen.unforeseen()).isEmpty();
    var other = foresee("rm -rf $MUSTER_TARGET/site/$MUSTER_ATTEMPT");
    assertThat(other.unforeseen()).hasSize(1);
    assertThat(other.deletions()).isEmpty();
  }

  @Test
  void whatIsWrittenBesideAndMovedIntoPlaceIsSeenThere() {
    var put = "cp new.html $MUSTER_TARGET/site/.tmp\n";
    var move = "mv $MUSTER_TARGET/site/.tmp $MUSTER_TARGET/site/index.html";
    var seen = foresee(put + move);
    assertThat(seen.unforeseen()).isEmpty();
    assertThat(seen.deletions()).isEmpty();
    assertThat(seen.changes()).hasSize(1);
    assertThat(seen.changes().getFirst().path()).isEqualTo(site + "/index.html");
    assertThat(seen.changes().getFirst().diff()).contains("-two\n+2\n");
    assertThat(foresee("echo hello > .t\ncp .t $MUSTER_TARGET/site/a").changes())
        .extracting(Preview.Change::path)
        .containsExactly("workspace/.t", site + "/a");

    for (var between : List.of("./program\n", "rm $MUSTER_TARGET/site/.tmp\n", "x=$(y)\n")) {
      var other = foresee(put + between + move);
      assertThat(other.unforeseen()).as(between).isNotEmpty();
      assertThat(other.changes())
          .as(between)
          .extracting(Preview.Change::path)
          .doesNotContain(site + "/index.html");
    }
  }

  @Test
  void whoDeletesAboveDeletesWhatItMayWriteBelow() {
    for (var script : List.of("rm -rf $MUSTER_TARGET", "rm -rf $MUSTER_TARGET/*")) {
      assertThat(foresee(script).deletions())
          .as(script)
          .containsExactly(
              new Deletion(site.toString(), 2, 13, List.of("index.html", "old/a.txt")));
    }
  }

  @Test
  void whatTheSandboxKeepsItFromIsSaidToStay() {
    var seen = foresee("rm -rf $MUSTER_TARGET/other.txt /srv\nrm $MUSTER_TARGET/site");
    assertThat(seen.deletions()).isEmpty();
    assertThat(seen.notes())
        .containsExactly(
            "`" + target + "/other.txt` stays: it may not write there",
            "`/srv` stays: the sandbox keeps it from there",
            "`" + site + "` stays: it is a folder");
  }

  @Test
  void withoutASandboxAllOfTheTargetCanGo() {
    var seen = foresee("rm $MUSTER_TARGET/other.txt", false);
    assertThat(seen.deletions()).extracting(Deletion::path).containsExactly(target + "/other.txt");
  }

  @Test
  void whatWouldBeWrittenIsComparedWithWhatIsThere() {
    for (var script :
        List.of(
            "cp new.html $MUSTER_TARGET/site/index.html",
            "printf 1 >/dev/null; cat > $MUSTER_TARGET/site/index.html <<'EOF'\none\n2\nEOF\n",
            "cp -r ./. $MUSTER_TARGET/site/ 2>/dev/null; true")) {
      var change = foresee(script.replace("./. ", "new.html ").replace("printf", "echo")).changes();
      assertThat(change).as(script).hasSize(1);
    }
    var change = foresee("cp new.html $MUSTER_TARGET/site/index.html").changes().getFirst();
    assertThat(change.path()).isEqualTo(site + "/index.html");
    assertThat(change.diff()).isEqualTo("@@ -1,2 +1,2 @@\n one\n-two\n+2\n");
    assertThat(change.bytesBefore()).isEqualTo(8);
    assertThat(change.bytesAfter()).isEqualTo(6);
    assertThat(change.why()).isNull();
  }

  @Test
  void aFolderIsCopiedFileByFile() throws IOException {
    Files.createDirectories(work.resolve("dist/css"));
    Files.writeString(work.resolve("dist/css/a.css"), "a{}\n");
    Files.write(work.resolve("dist/logo"), new byte[] {0, 1});
    var seen = foresee("cp -r dist/. \"$MUSTER_TARGET/site\"");
    assertThat(seen.changes())
        .extracting(Preview.Change::path, Preview.Change::diff, Preview.Change::why)
        .containsExactly(
            tuple(site + "/css/a.css", "@@ -0,0 +1,1 @@\n+a{}\n", null),
            tuple(site + "/logo", null, "it is binary"));
    assertThat(foresee("cp -r dist $MUSTER_TARGET/site").changes())
        .extracting(Preview.Change::path)
        .containsExactly(site + "/dist/css/a.css", site + "/dist/logo");
  }

  @Test
  void aFileThatHasChangedSinceItWasLookedAtIsNotShown() throws IOException {
    var seen = landscape(true);
    Files.writeString(site.resolve("index.html"), "secret!\n");
    var change = Foresight.of("cp new.html $MUSTER_TARGET/site/index.html", seen).changes();
    assertThat(change.getFirst().diff()).isNull();
    assertThat(change.getFirst().why()).contains("has changed since");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash deploy.sh",
        "rm -rf $(cat list)",
        "rm -rf \"$WHAT\"",
        "rm -rf `cat list`",
        "find . -delete",
        "for f in *; do",
        "ls | xargs rm",
        "rm() { true; }",
        "X=1 rm -rf old",
        "rm -rf {a,b}",
        "rm -rf ~",
        "echo $RANDOM > $MUSTER_TARGET/site/index.html",
        "cat new.html >> $MUSTER_TARGET/site/index.html",
        "cat > f <<EOF\n$(date)\nEOF",
        "cp missing $MUSTER_TARGET/site/",
        "rm 'never ends",
        "if true",
        "rm -rf $MUSTER_TARGET/site/'*'*",
        "eval 'rm -rf old'",
        "\\rm$IFS-rf old"
      })
  void whatNobodyCanForeseeIsSaidSo(String script) {
    assertThat(foresee(script).unforeseen()).isNotEmpty();
  }

  @Test
  void ofACommandThatCannotBeForeseenItIsSaidWhatItNames() {
    var seen = foresee("rsync -a --delete new.html $MUSTER_TARGET/site/old/");
    assertThat(seen.unforeseen().getFirst().why()).isEqualTo("it is a program of its own");
    assertThat(seen.unforeseen().getFirst().names())
        .containsExactly(new Place("workspace/new.html", 1, 6), new Place(site + "/old", 1, 5));
    assertThat(seen.places()).containsExactly(new Place(site.toString(), 2, 13));
    assertThat(seen.words()).endsWith("what 1 command does cannot be foreseen");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Files.createSymbolicLink(site.resolve("away"), Path.of("/etc"));
    assertThat(foresee("rm -rf $MUSTER_TARGET/site/away/ssl").unforeseen().getFirst().why())
        .isEqualTo("a link leads elsewhere there");
    assertThat(foresee("cp new.html $MUSTER_TARGET/site/away").unforeseen()).hasSize(1);
    assertThat(foresee("rm $MUSTER_TARGET/site/away").deletions())
        .extracting(Deletion::files)
        .containsExactly(1L);
  }

  @Test
  void howMuchThereIsHasALimit() throws IOException {
    var script = "rm -f a\n".repeat(300) + "cp new.html $MUSTER_TARGET/site/x\n";
    var seen = foresee(script);
    assertThat(seen.deletions()).hasSize(100);
    assertThat(seen.notes()).containsExactly("100 more are left out");
    assertThat(seen.unforeseen().getLast().why()).startsWith("only the first 200");
    Files.writeString(work.resolve("long"), "line\n".repeat(40_000));
    var lengthy = foresee("cp long $MUSTER_TARGET/site/").changes().getFirst();
    assertThat(lengthy.diff()).hasSizeLessThanOrEqualTo(64 << 10);
    assertThat(lengthy.why()).startsWith("the rest is left out");
  }
}
