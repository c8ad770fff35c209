package dev.muster.cli.view;

import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Table.Column;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.TimeLimit;
import dev.muster.orchestrator.engine.plan.Plan;
import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A plan for reading.
public final class PlanWords {
  private static final int SHOWN_MAX = 20;

  private final Terminal terminal;
  private final int shownMax;

  /// @param format WIDE shows everything, however long
  public PlanWords(Terminal terminal, OutputFormat format) {
    this.terminal = terminal;
    this.shownMax = format == OutputFormat.WIDE ? Integer.MAX_VALUE : SHOWN_MAX;
  }

  public void print(Plan plan) {
    headline(plan);
    waves(plan);
    section(
        "Critical path (" + Text.count(plan.criticalPath().size(), "worker") + ")",
        plan.criticalPath().isEmpty() ? List.of() : List.of(chain(plan.criticalPath())));
    gates(plan);
    section(
        "Workers that need labels of their node",
        plan.labels().stream()
            .map(it -> it.worker() + " needs " + String.join(", ", it.labels()))
            .toList());
    timeLimits(plan);
    section(
        "Can never be released",
        plan.unreleasable().stream()
            .map(it -> (it.worker() == null ? it.file() : it.worker()) + ": " + it.reason())
            .toList());
    section(
        "Paths that several workers own",
        plan.conflicts().stream().map(PlanWords::shared).toList());
    section(
        "Written by several workers of a wave, who never run at the same time",
        plan.oneAtATime().stream().map(PlanWords::shared).toList());
    if (!plan.leftOut().isEmpty()) {
      section("Left out", List.of(String.join(" ", plan.leftOut())));
    }
    section("Findings", plan.findings().stream().map(PlanWords::finding).toList());
  }

  private void headline(Plan plan) {
    var forecast = plan.forecast();
    terminal.prose(
        terminal.styled(Style.BOLD, Text.line(plan.workforce()))
            + " by "
            + plan.plan()
            + ": "
            + Text.count(plan.total(), "worker")
            + " in "
            + Text.count(plan.waves().size(), "wave")
            + ", about "
            + Text.duration(Duration.ofSeconds(forecast.seconds()))
            + " on "
            + Text.count(forecast.slots(), "slot")
            + (forecast.unestimated() > 0
                ? " (" + forecast.unestimated() + " without an estimate)"
                : ""));
  }

  private void waves(Plan plan) {
    if (plan.waves().isEmpty()) {
      return;
    }
    terminal.data("");
    var table =
        new Table(
            List.of(
                Column.key("WAVE"),
                Column.text("NAME"),
                Column.key("WORKERS"),
                Column.key("AT ONCE").rank(3),
                Column.key("GATE").rank(2),
                Column.key("ON FAILURE").rank(4),
                Column.key("ABOUT").rank(1),
                Column.text("WHO").rank(5)));
    for (var wave : plan.waves()) {
      table.row(
          Integer.toString(wave.wave()),
          wave.name(),
          Integer.toString(wave.workers().size()),
          Integer.toString(wave.maxParallel()),
          wave.approval() ? "approval" : "none",
          wave.onFailure().name().toLowerCase(Locale.ROOT),
          Text.duration(Duration.ofSeconds(wave.seconds())),
          who(wave.workers()));
    }
    table.print(terminal);
  }

  private String who(List<String> workers) {
    return workers.size() <= 3 || shownMax == Integer.MAX_VALUE
        ? String.join(" ", workers)
        : workers.getFirst() + " … " + workers.getLast();
  }

  private static String finding(Finding it) {
    return it.file()
        + ":"
        + it.line()
        + ": "
        + it.severity().name().toLowerCase(Locale.ROOT)
        + " "
        + it.code().text()
        + ": "
        + it.message();
  }

  private static String shared(Conflict it) {
    return it.path() + ": " + String.join(", ", it.workers());
  }

  private static String chain(List<String> workers) {
    return String.join(" → ", workers);
  }

  private void gates(Plan plan) {
    if (plan.gates().isEmpty()) {
      return;
    }
    terminal.data("\nOperations that will ask for approval:");
    var table =
        new Table(
            List.of(
                Column.key("WORKER"),
                Column.key("KIND"),
                Column.key("RISK").rank(1),
                Column.key("BLOCK").rank(4),
                Column.key("NETWORK").rank(3),
                Column.key("--approve low").rank(2),
                Column.text("WRITES")));
    for (var gate : plan.gates()) {
      table.row(
          gate.worker(),
          gate.kind(),
          gate.risk().name(),
          Integer.toString(gate.block()),
          gate.network() ? "yes" : "no",
          gate.alwaysGated() ? "asks" : "answers",
          String.join(", ", gate.writes()));
    }
    table.print(terminal);
  }

  /// A limit that its file states is no news; all of them with `-o wide`.
  private void timeLimits(Plan plan) {
    var wide = shownMax == Integer.MAX_VALUE;
    section(
        wide ? "Time limit of an attempt" : "Time limit of an attempt, where no file states one",
        plan.timeLimits().stream()
            .filter(it -> wide || it.source() != TimeLimit.Source.WRITTEN)
            .map(it -> it.worker() + " " + Text.seconds(it.seconds()) + ", " + it.from())
            .toList());
  }

  private void section(String heading, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    terminal.data("\n" + heading + ":");
    lines.stream().limit(shownMax).forEach(line -> terminal.prose("  " + Text.line(line)));
    if (lines.size() > shownMax) {
      terminal.data("  … and " + (lines.size() - shownMax) + " more (-o wide)");
    }
  }
}
