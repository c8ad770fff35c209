package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.SameTexts;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Plan;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.WavePlanConfig;
import dev.muster.orchestrator.usecase.TextChanges.Changed;
import dev.muster.orchestrator.usecase.TextChanges.Refused;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Compares a folder with what a run took from it. A new text takes the place of the old one;
/// another order of the workers would be another plan, and so another run.
final class FolderTexts {
  private final Map<String, Planned> taken = new HashMap<>();
  private final Map<String, Planned> now = new HashMap<>();
  private final List<Changed> changed = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  private FolderTexts(RunPlan run, Plan folder) {
    run.workers().forEach(planned -> taken.put(planned.id(), planned));
    folder.workers().forEach(planned -> now.put(planned.id(), planned));
  }

  /// Whether nothing has changed, where that shows without compiling anything.
  static boolean areTaken(Path folder, RunPlan run) {
    if (!Files.isDirectory(folder)) throw FolderRuns.noFolder(folder);
    var taken = new HashMap<String, String>();
    run.workers().forEach(it -> taken.put(it.id(), it.instructionDigest()));
    try {
      return SameTexts.in(folder, taken);
    } catch (IOException e) {
      throw FolderRuns.unreadable(folder, e);
    }
  }

  static TextChanges changes(RunPlan run, Workforce workforce, WavePlanConfig waves) {
    var texts = new FolderTexts(run, Planner.plan(workforce, waves, Planner.Options.of(1)));
    workforce.instructions().forEach(texts::compare);
    return new TextChanges(texts.changed, texts.refused);
  }

  private void compare(Instruction instruction) {
    var before = taken.get(instruction.id());
    if (before == null) return;
    var compiled = instruction.compiled();
    if (compiled != null && compiled.digest().equals(before.instructionDigest())) return;
    var file = String.valueOf(Path.of(instruction.file()).getFileName());
    var after = now.get(instruction.id());
    var usable = instruction.findings().stream().noneMatch(finding -> finding.isError());
    if (compiled == null || after == null || !usable) {
      refuse(before, file + " has changed and cannot be used now: " + firstError(instruction));
    } else if (!new HashSet<>(inRun(after)).equals(new HashSet<>(before.dependencies()))) {
      refuse(
          before,
          "%s has changed and now waits for %s, where the run was planned with %s: that is another order, so start a new run"
              .formatted(file, named(inRun(after)), named(before.dependencies())));
    } else {
      changed.add(new Changed(inItsPlace(before, after), file));
    }
  }

  private void refuse(Planned worker, String why) {
    refused.add(new Refused(worker.id(), why));
  }

  private List<String> inRun(Planned after) {
    return after.dependencies().stream().filter(taken::containsKey).toList();
  }

  private static Planned inItsPlace(Planned before, Planned after) {
    return new Planned(
        before.id(),
        after.title(),
        before.wave(),
        after.instructionDigest(),
        before.dependencies(),
        after.estimate(),
        after.labels(),
        after.agent(),
        after.writes());
  }

  private static String named(List<String> workers) {
    return workers.isEmpty() ? "nobody" : String.join(", ", workers);
  }

  private static String firstError(Instruction instruction) {
    return instruction.findings().stream()
        .filter(finding -> finding.isError())
        .map(finding -> finding.file() + ":" + finding.line() + " " + finding.message())
        .findFirst()
        .orElse("see muster lint");
  }
}
