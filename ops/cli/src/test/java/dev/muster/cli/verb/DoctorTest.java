package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.terminal.Caller.Terminals;
import dev.muster.cli.verb.HostChecks.Check;
import dev.muster.cli.verb.HostChecks.State;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the doctor says, on the host that the test runs on.
class DoctorTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
    bench.environment.put("NO_COLOR", "1");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void eachLineSaysOkWarnOrFailAndWhatIsNotOkHasALineThatMendsIt() {
    bench.terminals = new Terminals(false, true, true);
    bench.columns = 200;
    bench.environment.put("PATH", "/nonexistent");

    assertThat(bench.muster("doctor")).isEqualTo(1);

    var lines = bench.out().lines().toList();
    assertThat(lines)
        .allMatch(it -> it.matches("(?:ok    |warn  |fail  )\\S.*|      fix: .*|  .*"));
    for (var at = 0; at < lines.size(); at++) {
      var mended = at + 1 < lines.size() && lines.get(at + 1).startsWith("      fix: ");
      if (lines.get(at).matches("(?:ok|warn|fail) .*")) {
        assertThat(mended).as(lines.get(at)).isEqualTo(!lines.get(at).startsWith("ok"));
      }
    }
    assertThat(bench.out()).contains("fail  tools: no bash").contains("fix: install bash awk");
    assertThat(bench.err()).contains("1 check failed");
  }

  @Test
  void warningsAloneAreFit() {
    bench.environment.put("PATH", System.getenv("PATH"));
    bench.environment.put("MUSTER_SANDBOX", "off");

    assertThat(bench.muster("doctor")).as(bench.out()).isZero();

    assertThat(bench.out()).contains("warn  sandbox: switched off");
    assertThat(bench.err()).contains("fit to run workforces; ");
  }

  @Test
  void whatIsNotOkAlwaysHasAdvice() {
    assertThatThrownBy(() -> new Check("disk", State.WARN, "full", ""))
        .hasMessageContaining("disk is WARN and has no advice");
  }
}
