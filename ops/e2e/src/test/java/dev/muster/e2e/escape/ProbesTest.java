package dev.muster.e2e.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.e2e.escape.Outcome.Escaped;
import dev.muster.e2e.escape.Outcome.Held;
import dev.muster.e2e.escape.Outcome.Untried;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final int PROBES_MIN = 120;

  @Test
  void everyProbeNamesAPromiseAndHasAMachineThatTriesIt() throws Exception {
    var probes = Probes.all();
    assertThat(probes).hasSizeGreaterThanOrEqualTo(PROBES_MIN);
    assertThat(probes).extracting(Probe::name).doesNotHaveDuplicates();
    assertThat(probes)
        .allSatisfy(probe ->
            assertThat(Arrays.stream(Machine.values()).anyMatch(it -> it.offers(probe.where())))
                .as(probe.name())
                .isTrue());
  }

  /// One bash for all: it reads each in a copy of itself, which carries nothing out.
  @Test
  void everyScriptIsOneThatBashCanRead() throws Exception {
    var line =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                "for it; do (eval \"set -n\n${it#*:}\") || echo \"in ${it%%:*}\"; done",
                "probes"));
    for (var probe : Probes.all()) {
      for (var script : List.of(probe.script(), probe.host())) {
        line.add(probe.name() + ":" + script);
      }
    }
    var read = Shell.tried(line, Map.of());
    assertThat(read.good()).as(read.output()).isTrue();
    assertThat(read.output()).isEmpty();
  }

  @Test
  void aHeadLineThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> ProbeFile.parse("x", "# promise: a\n# whree: none\ntrue\n"))
        .hasMessageContaining("x: expected a head line")
        .hasMessageContaining("whree");
    assertThatThrownBy(() -> ProbeFile.parse("x", "true\n")).hasMessage("x names no promise");
  }

  @Test
  void whatWasNotTriedIsNeverCountedAsHeld() {
    var ledger = new Ledger();
    ledger.add("here", "a", "p", new Held(""));
    ledger.add("here", "b", "p", new Untried("no perl"));
    ledger.add("here", "c", "q", new Escaped("wrote a file"));
    assertThat(ledger.tried()).isEqualTo(2);
    assertThat(ledger.held()).isEqualTo(1);
    assertThat(ledger.report())
        .contains("untried 1: no perl", "ESCAPED c on here (q)", "wrote a file")
        .endsWith("tried 2, held 1\n");
  }
}
