package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `muster help`, in words and as a manual page.
class ManPageTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theHelpOfAVerbIsThatOfItsFlag() {
    assertThat(bench.muster("runs", "list", "--help")).isZero();
    var byFlag = bench.out();
    assertThat(bench.muster("help", "runs", "list")).isZero();
    assertThat(bench.out()).isEqualTo(byFlag).contains("--filter");
    assertThat(bench.muster("--help")).isZero();
    var whole = bench.out();
    assertThat(bench.muster("help")).isZero();
    assertThat(bench.out()).isEqualTo(whole);
  }

  @Test
  void whatIsNoVerbIsSaid() {
    assertThat(bench.muster("help", "runs", "lst")).isEqualTo(2);
    assertThat(bench.err()).contains("runs lst").contains("muster help");
  }

  @Test
  void theManualHasEveryVerbAndItsFlags() {
    assertThat(bench.muster("help", "--man")).isZero();
    var lines = bench.out().lines().toList();
    assertThat(lines.getFirst()).startsWith(".TH MUSTER 1 ");
    look(new Cli(bench.context()).commandLine(List.of()), lines);
    assertThat(lines)
        .contains(".SH \"EXIT STATUS\"", ".B 130")
        .contains("\\fB\\-\\-tag\\fR \\fITAG\\fR", "\\fB\\-\\-[no\\-]upload\\fR");
  }

  private static void look(CommandLine command, List<String> page) {
    for (var inner : command.getSubcommands().values()) {
      var usage = inner.getCommandSpec().usageMessage();
      if (usage.hidden()) continue;
      var head = ".SS \"" + inner.getCommandSpec().qualifiedName().replace("-", "\\-");
      assertThat(page).as(head).anyMatch(it -> it.equals(head + "\"") || it.startsWith(head + " "));
      look(inner, page);
    }
  }

  /// What begins with a point or an apostrophe is a request, what has a backslash an escape.
  @Test
  void nothingInTheManualIsARequestByMistake() {
    assertThat(bench.muster("help", "--man")).isZero();
    assertThat(bench.out().lines())
        .allMatch(line -> !line.matches("['.].*") || line.matches("\\.(TH|SH|SS|PP|TP|B)( .*)?"))
        .allMatch(line -> !line.replaceAll("\\\\(-|&|\\(rs|\\(dq|f[BIR])", "").contains("\\"))
        .noneMatch(line -> line.contains("${") || line.contains("@|"));
  }
}
