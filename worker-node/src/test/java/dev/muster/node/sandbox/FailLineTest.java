package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailLineTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "FAIL",
        "FAILED",
        "FAIL: Import failed",
        "FAIL: File missing",
        "FAIL - out.txt",
        "FAIL case 3",
        "FAIL row 0\tx",
        "FAIL\tgithub.com/example/x\t0.003s",
        "FAILED tests/test_x.py::test_y - assert 0 == 1",
        "FAILURES!!!",
        "FAILURE: Build failed with an exception.",
        "FAIL: 1",
        "FAILED: 3, PASSED: 0",
        "FAIL 10",
        "FAIL 1/12",
        "FAIL: 0 rows",
        "FAIL: 0 files found",
        "FAIL: 0 passed",
        "FAIL: 0 tests run",
        "FAIL: 0, expected 5",
        "FAIL: 0 is not 1",
        "FAIL: no output",
        "FAIL: none of the files is there",
        "FAIL (expected)",
        "FAIL: tests",
        "FAIL!",
        "FAIL: 05",
        "FAILED (failures=1)",
      })
  void theseSayThatSomethingFailed(String line) {
    assertThat(FailLine.saysFailure(line)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "FAILED: 0",
        "FAIL: 0",
        "FAIL 0",
        "FAIL:0 PASS:12",
        "FAIL 0 PASS 12",
        "FAIL=0",
        "FAILED=0 PASSED=12 SKIPPED=1",
        "FAILURES: 0",
        "FAILURES = 0, ERRORS = 0",
        "FAILS: 0",
        "FAILED (0)",
        "FAILED: 0/12",
        "FAILED: 0 of 12 tests",
        "FAILED: 0 (0.0%)",
        "FAILED: 0%",
        "FAILED: 00",
        "FAILED tests: 0",
        "FAILED TEST CASES: 0",
        "FAILED |  0 | 12 passed | 12 total",
        "FAILED: 0 tests",
        "FAILED: 0 ✓",
        "FAILED: 0, took 1.25 s",
        "FAIL: none",
        "FAILURES: none.",
        "FAILED: no",
        "FAILOVER to node-b worked",
        "FAIL-SAFE is on",
        "FAIL_FAST=1",
        "FAILSAFE: 3",
        "FAIL.log is empty",
        "FAILED-login test passed",
        "Failed: 3",
        "no FAIL here",
        " FAIL",
        "",
      })
  void theseDoNot(String line) {
    assertThat(FailLine.saysFailure(line)).isFalse();
  }
}
