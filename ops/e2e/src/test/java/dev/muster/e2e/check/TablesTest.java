package dev.muster.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A comparison that cannot fail proves nothing.
class TablesTest {
  private static final Map<String, String> RIGHT =
      Map.of(
          "run run_1", "COMPLETED",
          "worker run_1/WORKER_001", "COMPLETED, attempt 2 on w2",
          "approval run_1/x", "APPROVED");

  private static List<String> wrong(String row, String says) {
    var told = new HashMap<>(RIGHT);
    if (says.isEmpty()) told.remove(row);
    else told.put(row, says);
    return new Tables(told, Map.of()).notAs(Story.good().rows());
  }

  @Test
  void tablesThatSayWhatTheJournalSaysAreRight() {
    assertThat(wrong("run run_1", "COMPLETED")).isEmpty();
  }

  @Test
  void aLostRowAndAStaleOneAndOneTooManyAreFound() {
    assertThat(wrong("worker run_1/WORKER_001", ""))
        .containsExactly(
            "worker run_1/WORKER_001: the journal says COMPLETED, attempt 2 on w2, the table"
                + " nothing");
    assertThat(wrong("worker run_1/WORKER_001", "COMPLETED, attempt 1 on w1")).hasSize(1);
    assertThat(wrong("approval run_1/x", "PENDING")).hasSize(1);
    assertThat(wrong("run run_1", "RUNNING")).hasSize(1);
    assertThat(wrong("run run_2", "COMPLETED"))
        .containsExactly("run run_2: the journal knows nothing of it");
  }

  @Test
  void whatIsDifferentAfterARebuildIsFound() {
    var before = new Tables(RIGHT, Map.of("run", List.of("(run_1,1)", "(run_2,1)")));
    var changed = new Tables(RIGHT, Map.of("run", List.of("(run_1,1)", "(run_2,2)")));
    var lost = new Tables(RIGHT, Map.of("run", List.of("(run_1,1)")));
    assertThat(before.notAs(before)).isEmpty();
    assertThat(before.notAs(changed)).containsExactly("run: (run_2,1), then (run_2,2)");
    assertThat(before.notAs(lost)).containsExactly("run: 2 rows, then 1");
  }
}
