package dev.muster.cli.view;

import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.text.Scrutiny;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.ArrayList;
import java.util.List;

/// The commands that an operator may want next, each complete.
public final class NextSteps {
  /// More would be no command that anybody reads.
  private static final int NAMED_MAX = 3;

  private NextSteps() {}

  /// @param approvals that wait for a decision
  /// @param run null when they are of several
  public static List<String> decide(
      List<String> approvals, @org.jspecify.annotations.Nullable String run) {
    if (approvals.isEmpty()) return List.of();
    var all = run == null ? "--all" : "--all --run " + run;
    var named = approvals.size() <= NAMED_MAX ? String.join(" ", approvals) : all;
    var one = approvals.size() == 1 ? approvals.getFirst() : "ID";
    return List.of(
        "Decide:    `muster approve " + named + "`",
        "or:        `muster reject " + one + " --reason TEXT`");
  }

  /// Nothing where it waits for nobody.
  public static List<String> decide(Approval approval) {
    if (!approval.pending()) return List.of();
    if (!Enquiries.needsWords(approval.kind())) return decide(List.of(approval.id()), null);
    return List.of(
        "Answer:    `muster answer %s/%s TEXT`".formatted(approval.run(), approval.worker()));
  }

  /// @param approvals of the run that wait for a decision
  /// @param troubled workers that failed, are blocked, cancelled or held
  static List<String> after(RunView run, List<Approval> approvals, List<WorkerView> troubled) {
    var lines = new ArrayList<String>();
    var asked = approvals.stream().filter(it -> Enquiries.needsWords(it.kind())).toList();
    for (var question : asked.subList(0, Math.min(asked.size(), NAMED_MAX))) {
      lines.add("Asked:     " + Scrutiny.line(question.consequence()));
      lines.add("Answer:    `muster answer %s/%s TEXT`".formatted(run.id(), question.worker()));
    }
    if (asked.size() > NAMED_MAX) {
      lines.add("and:       `muster approvals list --run " + run.id() + "`");
    }
    var others = approvals.stream().filter(it -> !asked.contains(it)).map(Approval::id).toList();
    lines.addAll(decide(others, run.id()));
    if (lines.isEmpty() && run.approvals().pending() > 0) {
      lines.add("Decide:    `muster approvals list --run " + run.id() + "`");
    }
    if (run.approvals().pending() > 0) lines.add("Then:      `muster resume " + run.id() + "`");
    var failed =
        troubled.stream()
            .filter(worker -> worker.state() == WorkerPhase.FAILED)
            .map(WorkerView::id)
            .toList();
    failed.stream()
        .limit(NAMED_MAX)
        .forEach(
            worker -> lines.add("Look:      `muster workers log " + run.id() + "/" + worker + "`"));
    if (failed.size() > NAMED_MAX) {
      lines.add("and:       `muster workers list " + run.id() + " --filter state:FAILED`");
    }
    if (!failed.isEmpty()) lines.add("Try again: `muster retry " + run.id() + again(failed) + "`");
    return lines;
  }

  /// Without names, all that failed are meant.
  private static String again(List<String> failed) {
    return failed.size() > NAMED_MAX ? "" : " --worker " + String.join(" ", failed);
  }
}
