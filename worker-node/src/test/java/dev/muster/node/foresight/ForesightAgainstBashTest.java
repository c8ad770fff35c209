package dev.muster.node.foresight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts that would have whoever decides see something else than bash does: each of them really
/// deletes `site/old/a.txt`, and must not look as if it did not.
class ForesightAgainstBashTest extends ForesightFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // The end of a text that the shell reads is not what a variable holds.
        """
        cat > "$MUSTER_TARGET/site/note" <<"$MUSTER_TARGET"
        harmless
        $MUSTER_TARGET
        rm -r "$MUSTER_TARGET/site/old"
        """,
        """
        cat > note <<$MUSTER_RUN
        $MUSTER_RUN
        rm -r "$MUSTER_TARGET/site/old"
        """,
        """
        cat > note <<"a\\
        b"
        ab
        rm -r "$MUSTER_TARGET/site/old"
        """,
        """
        cat <<-'A' > note
        A
        rm -r "$MUSTER_TARGET/site/old"
        -A() { :; }
        """,
        """
        cat <<<x
        rm -r "$MUSTER_TARGET/site/old"
        """,
        """
        cat > note <<'A'; cat > other <<'B'
        A
        B
        rm -r "$MUSTER_TARGET/site/old"
        : <<'A'
        A
        """,
        // Commands in words that only look quoted.
        "test -v 'x[$(rm -r \"$MUSTER_TARGET/site/old\")]'\n",
        "[ -v 'x[$(rm -r \"$MUSTER_TARGET/site/old\")]' ]\n",
        """
        x="$(echo 'a"b')"
        : '; echo '
        rm -r "$MUSTER_TARGET/site/old"
        : # '
        """,
        """
        x=${y:-"a'b"}
        : '; echo '
        rm -r "$MUSTER_TARGET/site/old"
        : # '
        """,
        """
        x=$'a\\'b'
        : '; echo '
        rm -r "$MUSTER_TARGET/site/old"
        : # '
        """,
        """
        x=`echo 'a"b'`
        echo "`echo 'a"b'`"
        : '; echo '
        rm -r "$MUSTER_TARGET/site/old"
        : # '
        """,
        // Somewhere else than it seems.
        "X=1 cd \"$MUSTER_TARGET/site\"\nrm -r old\n",
        "cd \"$MUSTER_TARGET/site\"\ncd missing && true\nrm -r old\n",
        "cd \"$MUSTER_TARGET/site\"\nset +e\ncd missing\nrm -r old\n",
        "cd \"$MUSTER_TARGET/site\"\ncd /tmp\ncd -\nrm -r old\n",
        "rm -r \"$MUSTER_TARGET/link/../old\"\n",
        // Another meaning of what follows.
        "X=1 eval 'echo() { rm -r \"$MUSTER_TARGET/site/old\"; }'\necho hello\n",
        "e${x}val 'echo() { rm -r \"$MUSTER_TARGET/site/old\"; }'\necho hello\n",
        "{eval,'echo() { rm -r \"$MUSTER_TARGET/site/old\"; }'}\necho hello\n",
        "> /dev/null e${x}val 'echo() { rm -r \"$MUSTER_TARGET/site/old\"; }'\necho hello\n",
        ": '$(' & e${x}val 'echo() { rm -r \"$MUSTER_TARGET/site/old\"; } #' ')'\necho hello\n",
        "X=\"a $(true)\" e${x}val 'echo() { rm -r \"$MUSTER_TARGET/site/old\"; }'\necho hello\n",
        "touch eval\nev?l 'echo() { rm -r \"$MUSTER_TARGET/site/old\"; }'\necho hello\n",
        "echo (\\\n) { rm -r \"$MUSTER_TARGET/site/old\"; }\necho hello\n"
      })
  void whatIsDeletedIsNotHidden(String script) throws Exception {
    Files.createDirectories(site.resolve("sub/deep"));
    Files.createSymbolicLink(target.resolve("link"), Path.of("site/sub"));
    var seen = foresee(script);
    bash(script);
    assertThat(site.resolve("old/a.txt")).as("what bash does").doesNotExist();
    assertThat(says(seen)).as(seen.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x >&\"$MUSTER_TARGET/site/index.html\"\n",
        "echo x 12>\"$MUSTER_TARGET/site/index.html\"\n",
        "cat > \"$MUSTER_TARGET/site/index.html\" <<'A'; echo done\nother\nA\n",
        "cat > \"$MUSTER_TARGET/site/index.html\" <<'A'\nfirst\nA\n<<'B'\nsecond\nB\n",
        "<<'B'\nsecond\nB\necho x > \"$MUSTER_TARGET/site/index.html\"\n",
        "cat > \"$MUSTER_TARGET/site/index.html\" <<'A' <<'B'\nx\nA\ny\nB\n",
        "cat > \"$MUSTER_TARGET/site/index.html\" <<\\A\nx\nA\n",
        "cat > \"$MUSTER_TARGET/site/index.html\" <<'A'\r\nx\r\nA\r\n",
      })
  void whatIsWrittenIsWrittenSoOrSaidToBeUnforeseen(String script) throws Exception {
    var seen = foresee(script);
    bash(script);
    var now = Files.readString(site.resolve("index.html"));
    var asSaid =
        seen.changes().stream()
            .filter(it -> it.path().equals(site + "/index.html"))
            .anyMatch(it -> Sha256.of(now.getBytes(UTF_8)).equals(it.after()));
    assertThat(asSaid || (!seen.unforeseen().isEmpty() && seen.changes().isEmpty()))
        .as(seen + " but there is: " + now)
        .isTrue();
  }

  /// Either that it goes, or of a command that shows it, or comes after what nobody can follow,
  /// that nobody can say what it does.
  private boolean says(Preview seen) {
    return seen.deletions().stream().anyMatch(it -> it.path().equals(site + "/old"))
        || seen.unforeseen().stream()
            .anyMatch(it ->
                it.command().contains("site/old\"")
                    || it.command().contains("rm -r")
                    || (it.command().contains("echo hello") && it.why().contains("may change")));
  }

  private void bash(String script) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("bash", "--norc", "-eo", "pipefail", "-c", script);
    builder.directory(work.toFile()).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("printed").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("MUSTER_TARGET", target.toString());
    builder.environment().put("MUSTER_RUN", "run_1");
    var process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }
}
