package dev.muster.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.stub.Samples;
import dev.muster.protocol.view.RunView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunExitTest {
  @ParameterizedTest(name = "{0}: {1} failed, {2} of them refused, {3} cancelled, {4} left out")
  @CsvSource({
    "COMPLETED,  0, 0, 0, 0, 0",
    "REHEARSED,  0, 0, 0, 0, 0",
    "REHEARSED,  0, 0, 0, 1, 1",
    "INCOMPLETE, 0, 0, 0, 2, 1",
    "FAILED,     1, 0, 0, 0, 1",
    "FAILED,     1, 1, 0, 0, 6",
    "FAILED,     2, 1, 0, 0, 1",
    "FAILED,     1, 1, 1, 0, 1",
    "FAILED,     1, 1, 0, 1, 1",
    "FAILED,     0, 0, 1, 0, 1",
    "CANCELLED,  0, 0, 2, 0, 1",
    "CANCELLED,  1, 1, 0, 0, 1",
    "HELD,       0, 0, 0, 0, 6",
    "HELD,       1, 1, 0, 0, 6",
    "HELD,       1, 0, 0, 0, 1",
    "HELD,       0, 0, 0, 1, 1",
    "PAUSED,     0, 0, 0, 0, 6",
    "RUNNING,    0, 0, 0, 0, 6",
  })
  void sixIsForDecisionsAloneAndOneForWhateverElseWentWrong(
      String state, int failed, int refused, int cancelled, int leftOut, int code) {
    var run = Samples.run(state, 0, failed, 0, 0);
    ((ObjectNode) run.path("workers")).put("refused", refused).put("cancelled", cancelled);
    ((ObjectNode) run.path("leftOut")).put("total", leftOut);
    assertThat(code(run)).isEqualTo(code);
  }

  private static int code(ObjectNode run) {
    return RunExit.of(Json.as(run.put("id", "run_1"), RunView.class));
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, true, 0", "COMPLETED, false, 1", "HELD, false, 1", "REHEARSED, false, 1"})
  void resultsThatWereNotWrittenAreOne(String state, boolean written, int code) {
    var run = Samples.run(state, 0, 0, 0, 0);
    ((ObjectNode) run.path("results")).put("written", written);
    assertThat(code(run)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 6, 6", "6, 0, 6", "1, 6, 1", "6, 1, 1", "0, 1, 1"})
  void ofSeveralRunsTheWorstCounts(int one, int other, int code) {
    assertThat(RunExit.worse(one, other)).isEqualTo(code);
  }
}
