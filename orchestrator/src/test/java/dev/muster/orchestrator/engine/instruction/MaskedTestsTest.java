package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTestsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "test -f x || echo FAIL",
        "test -f x && echo PASS || echo \"FAIL: missing\"",
        "python3 -c \"a(); b || c\" || echo 'FAIL'",
        "make check || true",
        "make check || :",
        "make check || exit 0",
        "make check || { echo FAIL; }",
        "echo PASS",
        "# nothing\necho all good; printf done",
        "test -f x && echo PASS\necho done",
        "! test -f x; exit 0",
        "if test -f x; then echo PASS; else echo FAIL; fi",
        "if grep -q a b\nthen\n  echo PASS\nelif true; then :; else\n  echo FAIL\nfi",
        "for f in a b; do test -f $f || echo \"FAIL $f\"; done",
        "while read -r l; do [[ $l == a ]] && echo ok || echo FAIL; done < list",
        "case $x in a) echo A ;; *) echo FAIL ;; esac",
        "check() { test -f \"$1\" || echo FAIL; }\ncheck a\ncheck b",
        "function check { test -f x || true; }\ncheck",
        "(test -f x || echo FAIL)",
        "set +e\ntest -f x\necho done",
        "trap 'exit 0' EXIT\ntest -f x",
        "pytest &\necho started",
        "cat <<EOF || true\ntest -f x\nEOF",
        "test -f a || echo FAIL\ntest -f b || echo FAIL",
        "grep -q x y | tee log || true",
        "FOO=1 make || true",
        "export X=$(cat y)",
        "test -f x > log 2>&1 || echo FAIL",
      })
  void cannotFail(String script) {
    assertThat(MaskedTests.judge(script).whole()).as(script).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test -f x",
        "test -f x\necho done",
        "test -f x && echo PASS",
        "test -f x || exit 1",
        "test -f x || { echo FAIL; exit 1; }",
        "test -f x || (echo FAIL; false)",
        "grep -q a b || false",
        "! grep -q TODO x",
        "[[ -f x ]]",
        "(( 1 == 2 ))",
        "[ -s out/a ] && [ -s out/b ]",
        "n=$(wc -l < x)\ntest \"$n\" -eq 3",
        "count=$(grep -c x y)",
        "if test -f x; then echo PASS; else echo FAIL; exit 1; fi",
        "for f in a b; do test -f $f; done",
        "status=0\ncmd || status=$?\ntest $status -eq 3",
        "check() { test -f \"$1\"; }\ncheck a",
        "echo x | grep -q y",
        "grep x y | head -1",
        "test -f x; exit $?",
        "test -f x && echo ok; exit",
        "set +e\ntest -f x",
        "cd out && ls a",
        "cd /somewhere\necho done",
        "python3 -c \"\nimport x\nassert x.y == 'it''s'\nprint('ok')\n\"",
        "cat <<'EOF' > x\nit's || true\nEOF\ntest -s x",
        "diff <(sort a) <(sort b)",
        "files=( a b )\nls \"${files[@]}\"",
        "echo 'unclosed || true",
        "echo $(( 1 + 2 ",
        "if without end; echo x",
        "exit 3",
        "{ echo x; exit 1; } || true",
        "[ \"$(wc -l < a)\" -gt 1 ] # || echo FAIL",
        "test -f x &>/dev/null",
        "awk 'NR==1 { exit ($1 != 3) }' x",
        "test \"$(printf '%s' \"a)b\")\" = 'a)b'",
      })
  void canFail(String script) {
    assertThat(MaskedTests.judge(script).whole()).as(script).isFalse();
  }

  @Test
  void checksThatCannotFailAreNamedByLineEvenWhenOthersCan() {
    var script =
        """
        # first
        test -f a && echo PASS || echo FAIL
        test -f b

        grep -q x y || true
        ! grep -q z y
        rm -f scratch || true
        found=$(grep x y) || true
        cmd || status=$?
        test -f c
        """;

    var verdict = MaskedTests.judge(script);

    assertThat(verdict.whole()).isFalse();
    assertThat(verdict.lines()).containsExactly(2, 5, 6);
  }

  @Test
  void aConditionIsNoCheck() {
    var script =
        "if ! command -v git; then grep -q missing x; fi\nwhile ! test -f y; do false; done";

    assertThat(MaskedTests.judge(script)).isEqualTo(new MaskedTests.Verdict(false, List.of()));
  }

  @Test
  void deepNestingIsSimplyNotUnderstood() {
    for (var nested :
        new String[] {
          "(".repeat(100_000), "$(".repeat(100_000), "\"$(".repeat(50_000), "if ".repeat(50_000),
          "${".repeat(100_000), "f(){ ".repeat(50_000), "! ".repeat(100_000), "`".repeat(99_999)
        }) {
      assertThat(MaskedTests.judge(nested).whole()).isFalse();
    }
  }
}
