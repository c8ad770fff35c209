package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.readside.view.Journal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultsOwnerTableTest {
  private static final Instant END = Journal.T0;
  private static final int NODES = 8;

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void anEndingFallsToTheFirstUntilThatOneIsGone(Vendor vendor, @TempDir Path folder)
      throws Exception {
    try (var journal = new Journal(vendor.open(folder))) {
      var table = new ResultsOwnerTable(journal.database());
      assertThat(table.take("run_1", END, "a#1", _ -> true)).isTrue();
      assertThat(table.take("run_1", END, "a#1", _ -> true)).as("again").isTrue();
      assertThat(table.take("run_1", END, "b#1", "a#1"::equals)).as("a is there").isFalse();
      assertThat(table.take("run_2", END, "b#1", "a#1"::equals)).as("another run").isTrue();
      assertThat(table.take("run_1", END, "b#1", "a#2"::equals)).as("a began anew").isTrue();
      assertThat(table.take("run_1", END, "a#2", _ -> true)).as("it is too late").isFalse();

      var later = END.plusSeconds(60);
      assertThat(table.take("run_1", later, "a#2", _ -> true)).as("it ended again").isTrue();
      assertThat(table.take("run_1", END, "b#1", _ -> true)).as("not of an old ending").isFalse();
      assertThat(table.take("run_1", END, "a#2", _ -> true)).as("the clock was late").isTrue();
      assertThat(table.take("run_1", later, "a#2", _ -> true)).as("and is right").isTrue();
      assertThat(table.take("run_1", END, "b#1", _ -> false)).as("a is gone").isTrue();

      assertThat(table.keep("run_1", END, "b#1")).as("b goes on").isTrue();
      assertThat(table.keep("run_1", END, "a#2")).as("a is late").isFalse();
      assertThat(table.keep("run_1", later, "b#1")).as("another ending").isFalse();
      var seen = table.owner("run_1");
      assertThat(table.keep("run_1", END, "b#1")).isTrue();
      assertThat(table.takeFrom("run_1", END, "c#1", seen)).as("b has moved on").isFalse();
      seen = table.owner("run_1");
      assertThat(table.takeFrom("run_1", END, "c#1", seen)).as("it stands still").isTrue();
      assertThat(table.takeFrom("run_1", END, "d#1", seen)).as("c was faster").isFalse();
      assertThat(table.keep("run_1", END, "b#1")).as("b comes to itself").isFalse();
      assertThat(table.takeFrom("run_3", END, "c#1", null)).as("nobody had begun").isTrue();
      assertThat(table.takeFrom("run_3", END, "d#1", null)).as("c had").isFalse();

      new DeletedRuns(journal.database()).add("run_1");
      new RunRows(journal.database()).deleteLast("run_1", "Run|run_1");
      assertThat(table.take("run_1", later, "a#2", _ -> true)).as("it was deleted").isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void ofManyThatAskAtOnceItFallsToOne(Vendor vendor, @TempDir Path folder) throws Exception {
    try (var journal = new Journal(vendor.open(folder));
        var all = Executors.newVirtualThreadPerTaskExecutor()) {
      var table = new ResultsOwnerTable(journal.database());
      assertThat(table.take("run_2", END, "gone#1", _ -> true)).isTrue();
      for (var run : List.of("run_1", "run_2")) {
        var answers =
            all.invokeAll(
                IntStream.range(0, NODES)
                    .<Callable<Boolean>>mapToObj(node ->
                        () -> table.take(run, END, "node#" + node, it -> !it.equals("gone#1")))
                    .toList());
        var won = 0;
        for (var answer : answers) if (answer.get()) won++;
        assertThat(won).as(run).isEqualTo(1);
      }
    }
  }
}
