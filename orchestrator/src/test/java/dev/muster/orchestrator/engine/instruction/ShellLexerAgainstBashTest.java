package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What this reader finds cut off, `bash -n` finds cut off too: nobody's good script is refused.
/// `-Dseeds=N` tries more.
class ShellLexerAgainstBashTest {
  private static final Path BASH = Path.of("/bin/bash");

  private static final List<String> SHARDS =
      List.of(
          "echo ",
          "it's ",
          "'",
          "\"",
          "\\",
          "\n",
          "\n",
          "\n",
          "$(",
          ")",
          "(",
          "((",
          "))",
          "$((1 << 2)) ",
          "${x:-",
          "}",
          "`",
          "cat <<EOF\n",
          "cat <<'MD'\n",
          "cat <<-\"T\"\n",
          "\nEOF\n",
          "\nMD\n",
          "\n\tT\n",
          "# it's\n",
          "; ",
          " | ",
          " && ",
          "$'a\\'b'",
          "case $x in a) echo ;; esac\n",
          "{ ",
          " }\n",
          "if true; then\n",
          "\nfi\n",
          "<<<",
          "x=( a b )\n",
          "\u00e9 ",
          "1 << 2 ",
          "```sh\n");

  @BeforeAll
  static void bashIsHere() {
    assumeTrue(Files.isExecutable(BASH));
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 150));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsCalledCutOffBashCallsBroken(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    var script = new StringBuilder();
    for (var n = random.nextInt(1, 9); n > 0; n--) {
      script.append(SHARDS.get(random.nextInt(SHARDS.size())));
    }
    script.append('\n');
    var unclosed = ShellLexer.unclosed(script.toString());
    if (unclosed == null) return;
    assertThat(complaint(script.toString())).as("%s\n%s", unclosed, script).isNotBlank();
    assertThat(unclosed.line()).isBetween(1, (int) script.toString().lines().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat <<'MD'\nit's\nMD\ncmp a b",
        "x=$(cat <<'MD'\nit's a ) and \"\nMD\n)\necho \"$x\"",
        "x=\"$(cat <<EOF\n$(date) it's\nEOF\n)\"",
        "echo $'it\\'s'",
        "echo \"${x:-it\\'s}\"",
        "cat <<EOF\nit's\n\\\nEOF",
        "(( x = 1 << 2 )) || true\necho ok",
        "for ((i = 1 << 2; i > 0; i--)); do echo $i; done",
        "y=$(( 1 << 2 ))",
        "x=$(case $y in a) echo it;; (b) echo b;; esac)",
        "x=$(echo case) # it's",
        "x=$( # it's\necho a)",
        "cat <<-EOF\n\tit's\n\tEOF\ntrue",
        "cat <<A - <<B\nit's\nA\nit's\nB\ntrue",
        "cat <<EOF | grep -q x\nx'\nEOF",
        "cat << 'END OF'\nit's\nEND OF\ntrue",
        "cat <<\\EOF\n`\nEOF",
        "echo it\\'s",
        "a=() b=(1 2)\necho \"${#a[@]}\"",
        "[[ $x =~ ^(a|b)$ ]] && echo y",
        "< a || exit 2",
        "cat <<<\"it's\"",
        "((a); (b))",
        "echo \"$(echo \"it's $(echo \"x\")\")\"",
        "echo ${x//\\'/}",
        "f() { cat; }; f <<E\n'\nE\n",
        "awk '{ print $1 }' <(sort a) # don't",
        "test -f x &>/dev/null 2>&1 >&2",
      })
  void goodScriptsAreUnderstoodToTheEnd(String script) throws Exception {
    assertThat(complaint(script)).as("bash itself").isBlank();
    assertThat(ShellLexer.unclosed(script)).isNull();
    assertThat(ShellParser.parse(script).statements()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat <<MD\nx\n MD\ncmp a b",
        "cat <<'MD'\nx\n```",
        "cat <<EOF\nx\\\nEOF",
        "echo it's",
        "echo \"a",
        "x=$(echo a",
        "x=${a",
        "echo `a",
        "x=\"$(cat <<A\nx\nB\n)\"",
        "```sh\nx",
      })
  void cutScriptsAreFound(String script) throws Exception {
    assertThat(complaint(script)).as("bash itself").isNotBlank();
    assertThat(ShellLexer.unclosed(script)).isNotNull();
  }

  /// What `bash -n` prints; a here-document without its end is only a warning there.
  private static String complaint(String script) throws IOException, InterruptedException {
    var file = Files.createTempFile("muster-lexer", ".sh");
    try {
      Files.writeString(file, script);
      var process =
          new ProcessBuilder(BASH.toString(), "-n", file.toString())
              .redirectErrorStream(true)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      Files.delete(file);
    }
  }
}
