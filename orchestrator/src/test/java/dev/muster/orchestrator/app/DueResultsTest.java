package dev.muster.orchestrator.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueResultsTest {
  private final DueResults due = new DueResults();

  @Test
  void onlyTheFirstHasToTellSomebodyUntilNothingIsDue() {
    assertThat(due.add("run_1", "WORKER_001")).isTrue();
    assertThat(due.add("run_1", "WORKER_002")).isFalse();
    assertThat(due.take("run_1")).containsExactly("WORKER_001", "WORKER_002");
    assertThat(due.add("run_2", "WORKER_001")).isFalse();
    assertThat(due.goesOn()).isTrue();
    assertThat(due.take("run_2")).hasSize(1);
    assertThat(due.goesOn()).isFalse();
    assertThat(due.add("run_2", "WORKER_002")).isTrue();
  }

  @Test
  void whoSettlesTwiceIsWrittenOnce() {
    due.add("run_1", "WORKER_001");
    due.add("run_1", "WORKER_001");
    assertThat(due.take("run_1")).containsExactly("WORKER_001");
    assertThat(due.take("run_1")).isEmpty();
  }

  @Test
  void aLongRunLetsOthersGoBetweenItsBatches() {
    IntStream.range(0, DueResults.BATCH_MAX + 1).forEach(n -> due.add("run_1", "WORKER_" + n));
    due.add("run_2", "WORKER_1");
    var order = new ArrayList<String>();
    for (var run = due.next(); run != null; run = due.next()) {
      order.add(run + " " + due.take(run).size());
    }
    assertThat(order).containsExactly("run_1 " + DueResults.BATCH_MAX, "run_2 1", "run_1 1");
  }

  @Test
  void whatCannotBeRememberedIsWrittenWithTheSummary() {
    IntStream.range(0, DueResults.REMEMBERED_MAX).forEach(n -> due.add("run_1", "WORKER_" + n));
    assertThat(due.takeOverflow("run_1")).isFalse();
    due.add("run_2", "WORKER_1");
    assertThat(due.take("run_2")).isEmpty();
    assertThat(due.takeOverflow("run_1")).isFalse();
    assertThat(due.takeOverflow("run_2")).isTrue();
    assertThat(due.takeOverflow("run_2")).as("asked once").isFalse();
    due.take("run_1");
    due.add("run_2", "WORKER_1");
    assertThat(due.take("run_2")).hasSize(1);
  }
}
