package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.terminal.Caller.Terminals;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopTest {
  private static final String ENTER = "\u001b[?1049h";
  private static final String LEAVE = "\u001b[?1049l";
  private static final String HOME = "\u001b[H";

  @TempDir Path folder;
  private CliBench bench;
  private int slept;

  @BeforeEach
  void open() {
    bench = new CliBench(folder).nodeRuns();
    bench.terminals = new Terminals(true, true, true);
    bench.environment.put("NO_COLOR", "1");
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /// After so many frames somebody has seen enough.
  private void endsAfter(int frames) {
    bench.onSleep =
        () -> {
          if (++slept == frames) throw new Refusal(Exit.INTERRUPTED, "interrupted", null);
        };
  }

  private Stream<String> frames() {
    var all = bench.out().split(java.util.regex.Pattern.quote(HOME), -1);
    return Stream.of(all).skip(1);
  }

  @Test
  void itDrawsOnTheSecondScreenAndGivesTheFirstBack() {
    endsAfter(3);
    assertThat(bench.muster("top")).isEqualTo(Exit.INTERRUPTED);
    assertThat(bench.out()).startsWith(ENTER).endsWith(LEAVE);
    assertThat(bench.out().split(java.util.regex.Pattern.quote(ENTER), -1)).hasSize(2);
    assertThat(frames()).hasSize(3).allMatch(it -> it.contains("run_1") && it.contains("Ctrl-C"));
  }

  @Test
  void whatWasThereBeforeComesBackWhenTheNodeIsLost() {
    bench.onSleep = bench::nodeGoes;
    assertThat(bench.muster("top")).isNotZero();
    assertThat(bench.out()).endsWith(LEAVE);
    assertThat(bench.err()).as("said where it can be read").contains("muster: ");
  }

  @Test
  void nothingIsDrawnAfterCtrlCHasGivenTheScreenBack() {
    bench.onSleep =
        () -> {
          if (++slept == 2) throw new Refusal(Exit.INTERRUPTED, "interrupted", null);
          bench.interrupt();
        };
    bench.muster("top");
    assertThat(bench.out()).endsWith(LEAVE);
    assertThat(frames()).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsCountedAndTheSizeIsLookedAtEachTime() {
    bench.rows = 4;
    bench.columns = 40;
    bench.onSleep =
        () -> {
          bench.rows = 40;
          bench.columns = 120;
          if (++slept == 2) throw new Refusal(Exit.INTERRUPTED, "interrupted", null);
        };
    bench.muster("top");
    var frames = frames().toList();
    assertThat(frames.getFirst()).containsPattern("\u001b\\[4;1HCtrl-C ends; \\d+ more below");
    assertThat(frames.getFirst().lines().count()).isEqualTo(4);
    assertThat(frames.getLast()).contains("\u001b[40;1HCtrl-C ends").doesNotContain("more below");
    assertThat(frames.getLast()).contains("STARTED");
  }

  @Test
  void whereNothingCanBeDrawnItSaysWhatToUseInstead() {
    bench.terminals = Terminals.NONE;
    assertThat(bench.muster("top")).isEqualTo(Exit.USAGE);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.err()).contains("expected a terminal").contains("muster status -o json");
    bench.terminals = new Terminals(true, true, true);
    bench.environment.put("TERM", "dumb");
    assertThat(bench.muster("top")).isEqualTo(Exit.USAGE);
    bench.environment.put("TERM", "xterm");
    assertThat(bench.muster("top", "-o", "json")).isEqualTo(Exit.USAGE);
    assertThat(bench.err()).contains("expected -o table or wide");
  }
}
