package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways in which people write tests that cannot fail, and those that only look like it: bash
/// runs each with the checks `c0` and `c1` succeeding and failing, and decides who is right.
class MaskedFormsAgainstBashTest {
  private static final Path BASH = Path.of("/bin/bash");

  /// In `binN` the checks succeed and fail as the bits of N say.
  @TempDir private static Path checks;

  @TempDir Path folder;

  @BeforeAll
  static void bashAndChecksAreHere() throws IOException {
    assumeTrue(Files.isExecutable(BASH));
    for (var outcomes = 0; outcomes < 4; outcomes++) {
      var path = Files.createDirectories(bin(outcomes));
      for (var n = 0; n < 2; n++) {
        var check = path.resolve("c" + n);
        Files.writeString(check, "#!/bin/sh\nexit " + ((outcomes >> n) & 1) + "\n");
        assertThat(check.toFile().setExecutable(true)).isTrue();
      }
    }
  }

  private static Path bin(int outcomes) {
    return checks.resolve("bin" + outcomes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        ":",
        "! false",
        "set +e\nc0\nexit 0",
        "set +e\nc0\nc1\ntrue",
        "c0 || :",
        "if c0; then echo ok; else echo no; fi",
        "if ! c0; then echo FAIL; fi",
        "if c0; then :; fi",
        "[ -n \"x\" ]",
        "test 1 = 1",
        "[ 1 -eq 1 ]",
        "[[ 1 == 1 ]]",
        "(( 1 ))",
        "[ true ]",
        "test ! 1 = 2",
        "[ a != b ]",
        "[ 2 -gt 1 ] && echo PASS",
        "[ \"$HOME\" = \"$HOME\" ]",
        "[ -d . ]",
        "test -e /",
        "c0 || exit 0",
        "c0 || { echo FAIL; exit 0; }",
        "trap 'exit 0' EXIT\nc0",
        "trap 'echo x; exit 0' ERR\nc0\nc1",
        "(c0) &",
        "c0 &\nwait",
        "while false; do c0; done",
        "until true; do c0; done",
        "if false; then exit 1; fi",
        "if true; then echo a; else c0; fi",
        "echo PASS",
        "python3 -c 'print(1)' || true",
        "bash -c 'true'",
        "bash -c 'c0; exit 0'",
        "bash -c 'c0; true'",
        "sh -c \"c0 || true\"",
        "eval 'c0 || true'",
        "f() { c0; }\necho done",
        "f() { c0 || return 0; }\nf",
        "f() { c0; true; }\nf || true",
        "exec true",
        "exec echo hi",
        "{ c0; c1; } || true",
        "(c0; c1) || true",
        "(c0 || exit 1) || true",
        "set +o pipefail\nc0 | cat",
        "set +o pipefail; c0 | tee /dev/null",
        "set +o errexit\nc0\ntrue",
        "set +euo pipefail\nc0 | cat",
        "set +eu; c0; echo",
        "wait",
        "c0 && echo PASS || echo FAIL",
        "c0 && echo PASS\necho done",
        "x=$(c0 || true)",
        "x=\"$(c0; true)\"\necho \"$x\"",
        "echo \"$(c0)\" | cat",
        "true || c0",
        "true || exit 1",
        "echo a || exit 1",
        "false && exit 1\ntrue",
        "[ $? -eq 0 ]",
        "c0 || echo FAIL\n[ $? -eq 0 ]",
        "exit 0\nc0",
        "exec true\nc0",
        "return 0 2>/dev/null || exit 0\nc0",
        "while c0; do break; done",
        "case x in x) ;; *) exit 1 ;; esac",
        "case x in y|x) echo a;; z) c0;; esac",
        "case x in *) true;; esac",
        "test \"$(echo x)\" = x",
        "for f in no-such-*; do c0 || continue; done",
        "for f in a b; do c0 || break; done",
        "timeout 5 c0 || true",
        "! c0\necho a",
        "case a in a) c0 || echo FAIL;; esac",
        "export x=$(c0)",
        "ls",
        "ls -la",
        "ls .",
        "id -u",
        "whoami",
        "uname -a",
        "pwd",
        "cat /dev/null",
        "seq 3",
        "cd .",
        "cd /tmp",
        "bash --version",
        "type bash",
        "command -v bash",
        "test -d /usr",
        "[ -e /etc/passwd ]",
        "[ -f /etc/passwd ]",
        "[ -x /usr/bin ]",
        "[ -e /dev/null ]",
        "[ -c /dev/null ]",
        "test -d \"$PWD\"",
        "[ -n \"$PATH\" ]",
        "[ -n \"$HOME\" ]",
        "[[ -n $PATH ]]",
        "test $# -eq 0",
        "[ -z \"$1\" ]",
        "[ $$ -gt 0 ]",
        "[ \"$RANDOM\" -ge 0 ]",
        "(( 1 + 1 ))",
        "((1==1))",
        "(( 2 > 1 ))",
        "env true",
        "nice true",
        "time true",
        "nohup true",
        "python3 -c pass",
        "python3 -c 'assert True'",
        "python3 -c 'import os'",
        "python3 -c 'import sys; sys.exit(0)'",
        "test -e . && test -d /",
        "[ -e . ] && echo PASS",
        "(exit 0)",
        "bash -c 'exit 0'",
        "for i in 1 2; do echo $i; done",
        "[ -d .. ]",
        "c0 || ls",
        "c0 || id -u",
        "if c0; then true; else pwd; fi",
        "{ true; }",
        "[[ -z '' ]]"
      })
  void whatCannotFailNeverFails(String script) throws Exception {
    assertThat(MaskedTests.judge(script).whole()).isTrue();
    for (var outcomes = 0; outcomes < outcomes(script); outcomes++) {
      assertThat(exitCode(script, outcomes)).as("outcomes %d", outcomes).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0",
        "case x in x) c0;; esac",
        "case x in \"x\") c0;; *) true;; esac",
        "case 'x' in x) c0;; *) true;; esac",
        "case x in [a-z]) c0;; x) true;; esac",
        "case x in x) true ;& *) c0;; esac",
        "case x in x) true ;;& *) c0;; esac",
        "[ -n \"$(echo -n)\" ]",
        "c0; exit 0",
        "c0\nexit 0",
        "c0; true",
        "c0\necho done",
        "! c0",
        "! true",
        "false",
        "[ 1 -eq 2 ]",
        "test a = b",
        "[ -z x ]",
        "(( 0 ))",
        "[[ a == b ]]",
        "[ ]",
        "c0 || exit",
        "c0 || exit 1",
        "trap 'true' ERR\nc0",
        "trap 'exit 0' EXIT\ntrap - EXIT\nc0",
        "trap 'exit 0' ERR\nf() { c0; }\nf",
        "trap 'exit 0' ERR\n(c0)\nexit 1",
        "c0 & wait $!",
        "while c0; do break; done\nc1",
        "if true; then c0; else true; fi",
        "until c0; do exit 1; done",
        "if c0; then echo ok; else exit 1; fi",
        "bash -c 'c0'",
        "bash -c 'set -e; c0; true'",
        "eval 'c0; true'",
        "eval 'set +e; c0'",
        "f() { c0; return 0; }\nf",
        "exec c0",
        "exec c0 || true",
        "c0 | tee /dev/null",
        "c0 | cat",
        "set +o pipefail\ntrue | c0",
        "set +e\nset -e\nc0\ntrue",
        "set +e\nset -o errexit\nc0\ntrue",
        "set +e; c0",
        "set +e\nif c0; then set -e; fi\nc1\ntrue",
        "c0 && c1",
        "x=$(c0)",
        "x=$(true; c0)",
        "x=$(c0)$(true)\nc1",
        "false && c0",
        "c0 || (echo FAIL; exit 1)",
        "c0 && exit 0\nexit 1",
        "{ echo x; exit 1; } || true",
        "true && c0",
        "false || c0",
        "test -f missing; echo $?",
        "f() { c0; }\nf",
        "f() { if c0; then return 0; fi; return 1; }\nf",
        "! { true; }",
        "c0 || c1",
        "true || c0; c1",
        "[ $? -eq 1 ]",
        "ls missing",
        "cat missing",
        "[ -f . ]",
        "(( 1 > 2 ))",
        "command -v c9",
        "[ -n \"$NOBODY_SET_THIS\" ]",
        "test $# -eq 1",
        "env false",
        "env c0",
        "cd missing",
        "python3 -c 'assert False'",
        "python3 -c 'import nobody_has_this'",
        "nice c0",
        "[ $$ -eq 0 ]",
        "[ -d /etc/passwd ]",
        "ls /missing",
        "c0 || ls missing",
        "c0 && true\n[ $? -eq 0 ]"
      })
  void whatCanFailIsNotSuspected(String script) throws Exception {
    assertThat(MaskedTests.judge(script).whole()).isFalse();
    var failed = 0;
    for (var outcomes = 0; outcomes < outcomes(script); outcomes++) {
      if (exitCode(script, outcomes) != 0) failed++;
    }
    assertThat(failed).isPositive();
  }

  /// How many of the four ways in which the checks may end a script can tell from each other.
  private static int outcomes(String script) {
    return script.contains("c1") ? 4 : script.contains("c0") ? 2 : 1;
  }

  private int exitCode(String script, int outcomes) throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("test.sh"), script + "\n");
    // As a node starts it.
    var bash =
        new ProcessBuilder(BASH.toString(), "-eo", "pipefail", file.toString())
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    bash.environment().merge("PATH", bin(outcomes) + ":", (old, ours) -> ours + old);
    var process = bash.start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(script).isTrue();
    return process.exitValue();
  }
}
