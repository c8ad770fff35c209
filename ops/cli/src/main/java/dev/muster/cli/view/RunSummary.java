package dev.muster.cli.view;

import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Table.Column;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.ResultsView;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said at the end of a run: the outcome, the waves, what held them, what failed and what
/// to do about it.
public final class RunSummary {
  private static final int FAILURES_SHOWN_MAX = 20;

  /// Shorter ones are how a start looks, and explain nothing.
  private static final double HOLD_SECONDS_MIN = 1;

  private final Terminal terminal;

  public RunSummary(Terminal terminal) {
    this.terminal = terminal;
  }

  /// @param approvals of the run that wait for a decision
  /// @param troubled workers that failed, are blocked, cancelled or held
  public void print(RunView run, List<Approval> approvals, List<WorkerView> troubled) {
    terminal.prose(
        terminal.styled(Style.BOLD, run.id())
            + " of "
            + Text.line(run.workforce())
            + ": "
            + terminal.styled(Style.ofState(run.state().name()), run.outcome())
            + " after "
            + Text.seconds(run.tookSeconds())
            + waited(run)
            + (run.resumes() > 0 ? ", resumed " + times(run.resumes()) : ""));
    terminal.prose("  " + RunWords.workers(run));
    var by = run.startedBy();
    if (by != null) terminal.prose("  started by " + Text.line(by));
    var tags = run.settings().tags();
    if (!tags.isEmpty()) terminal.prose("  tags: " + Text.line(String.join(" ", tags)));
    if (run.approvals().requested() > 0) {
      terminal.prose("  " + RunWords.approvals(run.approvals()));
    }
    var replayed = run.replayed();
    if (replayed != null) {
      terminal.prose(
          "  REPLAYED: no model was asked, answers are those of "
              + Text.line(replayed)
              + "; the tests were run here");
    }
    if (run.spend().total().turns() > 0) terminal.prose("  spend " + RunWords.spend(run.spend()));
    sandbox(run);
    if (run.workers().completed() > 0) {
      terminal.prose(
          "  success " + RunWords.percent(run.successRate()) + tests(run) + retrospectives(run));
    }
    waves(run);
    scope(run);
    holds(run);
    troubles(troubled);
    next(NextSteps.after(run, approvals, troubled));
    results(run);
  }

  /// Which one confines the scripts, without how it bounds them.
  private void sandbox(RunView run) {
    if (run.sandbox() == null) return;
    terminal.data("  sandbox: " + Text.line(run.sandbox().kind().split(";", 2)[0]));
  }

  private static String waited(RunView run) {
    return run.waitedSeconds() < HOLD_SECONDS_MIN
        ? ""
        : ", besides " + Text.seconds(run.waitedSeconds()) + " of waiting for people";
  }

  private static String times(int number) {
    return number == 1 ? "once" : number + " times";
  }

  private static String tests(RunView run) {
    var rate = run.testPassRate();
    return rate == null
        ? ""
        : ", tests passed " + RunWords.testPassRate(rate, run.workers().weak());
  }

  private static String retrospectives(RunView run) {
    return ", " + Text.count(run.retrospectives().stored(), "retrospective");
  }

  private void waves(RunView run) {
    if (run.waves().isEmpty()) {
      return;
    }
    terminal.data("");
    var table =
        new Table(
            List.of(
                Column.key("WAVE"),
                Column.text("NAME"),
                Column.key("DONE"),
                Column.key("COMPLETED").rank(2),
                Column.key("RELEASED").rank(1),
                Column.key("TOOK")));
    for (var wave : run.waves()) {
      table.row(
          Integer.toString(wave.wave()),
          wave.name(),
          wave.settled() + "/" + wave.total(),
          wave.completed() + RunWords.weak(wave.weak()),
          wave.releasedAt() == null
              ? RunWords.notReleased(wave)
              : after(run.startedAt(), wave.releasedAt()),
          took(wave));
    }
    table.print(terminal);
  }

  private static String took(RunView.Wave wave) {
    var seconds = wave.tookSeconds();
    return seconds == null ? "-" : Text.seconds(seconds);
  }

  private static String after(Instant start, Instant at) {
    return "+" + Text.duration(at.isAfter(start) ? Duration.between(start, at) : Duration.ZERO);
  }

  /// What of the folder the run did not carry out.
  private void scope(RunView run) {
    notes(ScopeWords.leftOut(run), run.scope().leftOut());
    var assumed = run.scope().assumed();
    if (assumed.total() > 0) {
      notes("Not part of this run, and counted as met", assumed);
    }
    if (run.scope().ignored().total() > 0) {
      notes("Stands in the files, and nothing follows from it", run.scope().ignored());
    }
    if (run.scope().notSelected() > 0) {
      terminal.data(
          "\n"
              + Text.count(run.scope().notSelected(), "more worker")
              + " of the folder not selected (--only, or the wave plan)");
    }
  }

  private void notes(@Nullable String heading, RunView.Notes notes) {
    if (heading == null) {
      return;
    }
    terminal.data("\n" + heading + ":");
    ScopeWords.lines(notes, FAILURES_SHOWN_MAX).forEach(line -> terminal.data("  " + line));
  }

  private void holds(RunView run) {
    var heading = true;
    for (var wave : run.waves()) {
      for (var hold : HoldTotal.of(wave.holds())) {
        if (hold.seconds() < HOLD_SECONDS_MIN) {
          continue;
        }
        if (heading) {
          terminal.data("\nHeld back:");
          heading = false;
        }
        terminal.prose(
            "  wave "
                + wave.wave()
                + " for "
                + Text.seconds(hold.seconds())
                + (hold.times() > 1 ? " in " + hold.times() + " times" : "")
                + ": "
                + Text.line(hold.reason()));
      }
    }
    var now = run.state().finished() ? List.<String>of() : RunWords.holds(run);
    if (!now.isEmpty()) {
      terminal.data("\nWaiting now:");
      now.forEach(line -> terminal.prose("  " + line));
    }
  }

  private void troubles(List<WorkerView> troubled) {
    if (troubled.isEmpty()) {
      return;
    }
    terminal.data("");
    var table =
        new Table(
            List.of(
                Column.key("WORKER"),
                Column.key("STATE"),
                Column.text("TITLE").rank(1),
                Column.text("REASON")));
    troubled.stream()
        .limit(FAILURES_SHOWN_MAX)
        .forEach(worker ->
            table.row(
                worker.id(),
                worker.state().name(),
                worker.title() == null ? "" : worker.title(),
                worker.detail() == null ? "" : worker.detail()));
    table.print(terminal);
    if (troubled.size() > FAILURES_SHOWN_MAX) {
      terminal.data("… and " + (troubled.size() - FAILURES_SHOWN_MAX) + " more");
    }
  }

  private void next(List<String> lines) {
    if (!lines.isEmpty()) {
      terminal.data("");
      lines.forEach(terminal::prose);
    }
  }

  private void results(RunView run) {
    var results = run.results();
    if (results == null) {
      if (run.state().finished()) {
        terminal.prose(
            "\nResults: not known to be written; `muster results " + run.id() + "` does");
      }
      return;
    }
    if (!results.written()) {
      terminal.prose(
          "\n"
              + terminal.styled(Style.RED, "Results were not written")
              + ": "
              + Text.line(String.valueOf(results.failure())));
      terminal.prose(
          "Nothing is lost. Mend that, then: `muster results "
              + run.id()
              + "` (or elsewhere: `muster results "
              + run.id()
              + " --to DIR`)");
      return;
    }
    conflicts(results);
    terminal.data("");
    terminal.prose("Results: " + Text.line(results.folder()));
  }

  private void conflicts(ResultsView results) {
    if (results.conflictsTotal() == 0) {
      return;
    }
    terminal.prose("\nDelivered differently by workers that do not wait for one another:");
    results.conflicts().stream()
        .limit(FAILURES_SHOWN_MAX)
        .forEach(it -> terminal.prose("  " + Text.line(ScopeWords.conflict(it))));
    var more = results.conflictsTotal() - Math.min(FAILURES_SHOWN_MAX, results.conflicts().size());
    if (more > 0) {
      terminal.prose("  and " + more + " more: execution_summary.json");
    }
  }
}
