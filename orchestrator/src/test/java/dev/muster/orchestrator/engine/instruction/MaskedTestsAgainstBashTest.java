package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is called unable to fail is run with bash under every outcome of its checks, and never
/// fails. (The other way round is allowed: what is not understood counts as able to fail.)
/// `-Dseeds=N` tries more scripts.
class MaskedTestsAgainstBashTest {
  private static final int CHECKS = 3;
  private static final Path BASH = Path.of("/bin/bash");

  @BeforeAll
  static void bashIsHere() {
    assumeTrue(Files.isExecutable(BASH));
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 60));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsCalledUnableToFailNeverFails(long seed) throws Exception {
    var script = new Scripts(new SplittableRandom(seed)).list(3);
    if (!MaskedTests.judge(script).whole()) return;
    for (var outcomes = 0; outcomes < 1 << CHECKS; outcomes++) {
      assertThat(exitCode(script, outcomes)).as("outcomes %d of\n%s", outcomes, script).isZero();
    }
  }

  private static int exitCode(String script, int outcomes)
      throws IOException, InterruptedException {
    var bash = new ProcessBuilder(BASH.toString(), "-eo", "pipefail", "-c", script);
    for (var n = 0; n < CHECKS; n++) {
      bash.environment().put("C" + n, (outcomes & 1 << n) == 0 ? "0" : "1");
    }
    var process =
        bash.redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(script).isTrue();
    return process.exitValue();
  }

  /// Random scripts whose checks succeed or fail as the environment says.
  private record Scripts(SplittableRandom random) {
    String list(int depth) {
      var list = new StringBuilder();
      for (var n = random.nextInt(1, 4); n > 0; n--) {
        list.append(statement(depth)).append(random.nextBoolean() ? "\n" : " ;\n");
      }
      return list.toString().replace("; ;", ";");
    }

    private String statement(int depth) {
      var statement = new StringBuilder(command(depth));
      for (var n = random.nextInt(3); n > 0; n--) {
        statement.append(random.nextBoolean() ? " && " : " || ").append(command(depth));
      }
      return statement.toString();
    }

    private String command(int depth) {
      var nested = depth > 0 && random.nextInt(3) == 0;
      if (!nested) return simple();
      return switch (random.nextInt(12)) {
        case 0 -> "{ " + list(depth - 1) + "}";
        case 1 -> "( " + list(depth - 1) + ")";
        case 2 -> "if " + simple() + "; then\n" + list(depth - 1) + "fi";
        case 3 ->
            "if " + simple() + "; then\n" + list(depth - 1) + "else " + list(depth - 1) + "fi";
        case 4 -> "for i in 1 2; do\n" + list(depth - 1) + "done";
        case 5 -> "case $C0 in\n0)\n" + list(depth - 1) + ";;\n*) " + list(depth - 1) + "esac";
        case 7 ->
            "while "
                + (random.nextBoolean() ? "false" : check())
                + "; do\n"
                + list(0)
                + "break; done";
        case 8 -> "if " + constant() + "; then\n" + list(depth - 1) + "fi";
        case 9 -> simple() + " | cat";
        case 10 -> "x=$(" + list(depth - 1) + ")";
        case 6 -> "f" + depth + "() {\n" + list(depth - 1) + "}\nf" + depth;
        default -> simple() + " | { cat; " + simple() + "; }";
      };
    }

    private String constant() {
      var constants =
          List.of(
              "true",
              "false",
              "! false",
              "[ 1 -eq 1 ]",
              "[ a = b ]",
              "[ -n x ]",
              "[[ a == a ]]",
              "(( 0 ))",
              "(( 2 ))",
              "[ $? -eq 0 ]",
              "test -d .",
              "echo x");
      return constants.get(random.nextInt(constants.size()));
    }

    private String option() {
      var options =
          List.of(
              "set +e",
              "set -e",
              "set +o pipefail",
              "set -euo pipefail",
              "set +o errexit",
              "trap 'exit 0' EXIT",
              "trap 'exit 0' ERR",
              "trap - EXIT",
              "trap - ERR",
              "wait");
      return options.get(random.nextInt(options.size()));
    }

    private String check() {
      return "[ \"$C" + random.nextInt(CHECKS) + "\" = 0 ]";
    }

    private String simple() {
      var check = check();
      return switch (random.nextInt(20)) {
        case 0, 1, 2 -> "echo FAIL";
        case 3 -> "true";
        case 4 -> "! " + check;
        case 5 -> "[[ $C0 == 0 ]]";
        case 6 -> random.nextInt(4) == 0 ? "exit 0" : "exit 1";
        case 7 -> "x=$(" + check + ")";
        case 8 -> "echo $(" + check + ")";
        case 9 -> random.nextInt(3) == 0 ? option() : "x=1";
        case 10 -> constant();
        case 11 -> "eval '" + check + (random.nextBoolean() ? "'" : "; true'");
        case 12 -> "bash -c '" + check + (random.nextBoolean() ? "'" : "; true'");
        case 13 -> random.nextInt(3) == 0 ? "exec " + check : "x=$(" + check + " || true)";
        default -> check;
      };
    }
  }
}
