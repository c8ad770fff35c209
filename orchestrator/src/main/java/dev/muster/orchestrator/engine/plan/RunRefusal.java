package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.instruction.Code;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.plan.Plan.Unreleasable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why no run is created from a plan. A run never carries out a part of a folder unless whoever
/// wants it has said so.
///
/// @param code stable, for programs
/// @param reasons the first of them
public record RunRefusal(String code, String words, List<Reason> reasons) {
  private static final int REASONS_MAX = 20;

  public RunRefusal {
    reasons = List.copyOf(reasons);
  }

  /// @param where the file with its line
  public record Reason(String where, String what) {}

  /// Null when a run can be created.
  ///
  /// @param strict any error is reason enough
  /// @param allowIncomplete what cannot be used is left out instead
  public static @Nullable RunRefusal of(Plan plan, boolean strict, boolean allowIncomplete) {
    if (plan.total() == 0) return nothing(plan);
    if (strict && plan.hasErrors()) return strict(plan);
    return allowIncomplete || plan.unreleasable().isEmpty() ? null : unusable(plan);
  }

  private static RunRefusal nothing(Plan plan) {
    var bad = plan.unreleasable();
    var words =
        "no worker of "
            + plan.workforce()
            + " can run: "
            + (bad.isEmpty()
                ? "wave plan '" + plan.plan() + "' and the selection leave nobody"
                : bad.getFirst().file()
                    + ":"
                    + bad.getFirst().line()
                    + ": "
                    + bad.getFirst().reason());
    return new RunRefusal("nothing-to-run", words, reasons(plan, List.of()));
  }

  private static RunRefusal strict(Plan plan) {
    var errors = plan.findings().stream().filter(Finding::isError).toList();
    return new RunRefusal(
        "strict-findings",
        plan.workforce()
            + " has "
            + errors.size()
            + (errors.size() == 1 ? " finding" : " findings")
            + ", and none is let pass: nothing was created",
        reasons(plan, errors));
  }

  private static RunRefusal unusable(Plan plan) {
    var bad = plan.unreleasable();
    var leftOut = (int) bad.stream().filter(one -> !one.planned()).count();
    return new RunRefusal(
        "unusable-workforce",
        "%d of %d files of %s cannot be carried out: nothing was created; mend them, or have them left out"
            .formatted(bad.size(), plan.total() + leftOut, plan.workforce()),
        reasons(plan, List.of()));
  }

  /// Findings first, then who only waits for what has one.
  private static List<Reason> reasons(Plan plan, List<Finding> findings) {
    var bad = plan.unreleasable();
    var files = bad.stream().map(Unreleasable::file).collect(Collectors.toSet());
    var errors = findings.isEmpty() ? errors(plan, files) : findings;
    var named = errors.stream().map(Finding::file).collect(Collectors.toSet());
    var reasons = new ArrayList<Reason>();
    errors.stream()
        .limit(REASONS_MAX)
        .forEach(it ->
            reasons.add(reason(it.file(), it.line(), it.code().text() + ": " + it.message())));
    var others = bad.stream().filter(one -> !named.contains(one.file())).toList();
    others.stream()
        .limit(REASONS_MAX - reasons.size())
        .forEach(it -> reasons.add(reason(it.file(), it.line(), it.worker() + ": " + it.reason())));
    var more = errors.size() + others.size() - reasons.size();
    if (more > 0) reasons.add(new Reason("…", "and " + more + " more"));
    return reasons;
  }

  private static List<Finding> errors(Plan plan, Set<String> files) {
    return plan.findings().stream()
        .filter(Finding::isError)
        .filter(it -> files.contains(it.file()) || it.code() == Code.DUPLICATE_ID)
        .toList();
  }

  private static Reason reason(String file, int line, String what) {
    return new Reason(file + ":" + line, what);
  }
}
