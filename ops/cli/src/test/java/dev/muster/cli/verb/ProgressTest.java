package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.stub.CliBench;
import dev.muster.cli.terminal.Caller.Terminals;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder).workforce("hello").nodeRuns();
    bench.terminals = new Terminals(false, false, true);
    bench.environment.put("LANG", "en_GB.UTF-8");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static ObjectNode held(String kind, String reason) {
    var run = run("RUNNING", 1, 0, 0, 1);
    run.withArray("holds")
        .addObject()
        .put("wave", 2)
        .put("subject", "wave 2")
        .put("kind", kind)
        .put("reason", reason);
    return run;
  }

  @Test
  void onATerminalABarIsDrawnInPlaceAndClearedAtTheEnd() {
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1), run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("run", "hello")).isZero();
    assertThat(bench.err()).contains("\r\u001b[K████████░░░░░░░░░░░░░░░░").endsWith("\r\u001b[K");
    assertThat(bench.err().lines().toList().getFirst()).doesNotContain("█");
  }

  @Test
  void whereTheTerminalOnlyKnowsAsciiSoDoesTheBar() {
    bench.environment.put("LANG", "C");
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1), run("COMPLETED", 3, 0, 0, 0));
    bench.muster("run", "hello");
    assertThat(bench.err()).contains("########----------------");
  }

  @Test
  void aHoldIsDrawnBelowTheBarAndGoesWithIt() {
    bench.node.run(
        "run_1",
        held("HEADROOM", "node-b memory 87.2% ≥ 85%"),
        held("HEADROOM", "node-b memory 86.1% ≥ 85%"),
        run("COMPLETED", 3, 0, 0, 0));
    bench.muster("run", "hello");
    assertThat(bench.err())
        .contains("\nheld 0 s: wave 2: node-b memory 87.2% ≥ 85%\r\u001b[K\u001b[1A\r\u001b[K█")
        .contains("\nheld 0 s: wave 2: node-b memory 86.1% ≥ 85%")
        .endsWith("\r\u001b[K\u001b[1A\r\u001b[K");
  }

  @Test
  void theBarFitsATerminalThatBecomesNarrower() {
    bench.columns = 90;
    bench.onSleep = () -> bench.columns = 40;
    bench.node.run(
        "run_1",
        held("HEADROOM", "node-b memory 87.2% ≥ 85% and quite a few words more about it"),
        held("HEADROOM", "node-b memory 86.1% ≥ 85% and quite a few words more about it"),
        run("COMPLETED", 3, 0, 0, 0));
    bench.muster("run", "hello");
    var second = bench.err().substring(bench.err().lastIndexOf("░░  "));
    assertThat(second.lines().toList().get(1)).startsWith("held 0 s: wave 2: node-b memory");
    assertThat(bench.err().lines().filter(line -> line.startsWith("held")).toList().getLast())
        .as("cut to what fits, before the next control sequence")
        .satisfies(line -> assertThat(line.split("\r", -1)[0].length()).isLessThan(40));
    assertThat(bench.err())
        .as("three rows are taken back")
        .contains("\u001b[1A\r\u001b[K\u001b[1A");
  }

  @Test
  void withoutATerminalAHoldIsSaidOnceHoweverItsFiguresChange() {
    bench.terminals = Terminals.NONE;
    var states = new ArrayList<ObjectNode>();
    for (var look = 0; look < 400; look++) {
      states.add(held("HEADROOM", "node-b cpu %d.3%% ≥ 80%%".formatted(80 + look % 20)));
    }
    states.add(run("COMPLETED", 3, 0, 0, 0));
    bench.node.run("run_1", states.toArray(ObjectNode[]::new));
    bench.muster("run", "hello");
    assertThat(bench.err()).containsOnlyOnce("held 10 s: wave 2: node-b cpu");
    assertThat(bench.err().lines().filter(line -> line.startsWith("1/3 done")).toList())
        .hasSizeBetween(2, 4)
        .last()
        .asString()
        .matches("1/3 done, 1 running, held for 1 min \\d+ s: wave 2: node-b cpu .*");
  }

  @Test
  void waitingForAnEarlierWaveIsNoNews() {
    bench.node.run("run_1", held("EARLIER_WAVE", "waits for wave 1"), run("COMPLETED", 3, 0, 0, 0));
    bench.muster("run", "hello");
    assertThat(bench.err()).doesNotContain("waits for wave 1");
  }

  @Test
  void theQuietHearNothing() {
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1), run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("run", "hello", "-q")).isZero();
    assertThat(bench.err()).isEmpty();
    assertThat(bench.out()).contains("COMPLETED");
  }

  @Test
  void colourIsForThoseWhoWantIt() {
    bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
    bench.terminals = new Terminals(false, true, true);
    bench.muster("runs", "list");
    assertThat(bench.out()).contains("\u001b[32mCOMPLETED\u001b[0m");
    bench.environment.put("NO_COLOR", "1");
    bench.muster("runs", "list");
    assertThat(bench.out()).doesNotContain("\u001b");
    bench.muster("runs", "list", "--color", "always");
    assertThat(bench.out()).contains("\u001b[32m");
  }
}
