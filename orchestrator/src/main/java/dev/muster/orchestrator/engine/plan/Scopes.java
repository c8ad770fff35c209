package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.instruction.Code;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.plan.Plan.Unreleasable;
import dev.muster.protocol.run.RunScope;
import dev.muster.protocol.run.RunScope.Findings;
import dev.muster.protocol.run.RunScope.Found;
import dev.muster.protocol.run.RunScope.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// How much of its folder a run would carry out. Pure.
final class Scopes {
  /// Errors that are kept in words; all of them are counted.
  private static final int WORST_MAX = 50;

  /// So that a folder full of examples makes no event of any size.
  private static final int NOTES_MAX = 10_000;

  private Scopes() {}

  /// @param findings those of the plan
  /// @param quiet those of single files that a plan does not show
  static RunScope of(Roster roster, List<Finding> findings, Stream<Finding> quiet) {
    var leftOut =
        roster.unreleasable().stream().filter(one -> !one.planned()).map(Scopes::note).toList();
    return new RunScope(
        leftOut,
        notes(roster, worker -> roster.findings(worker).stream(), Code.UNKNOWN_DEPENDENCY),
        notes(roster, worker -> worker.findings().stream(), Code.IGNORED_BLOCK, Code.IGNORED_FIELD),
        roster.leftOut().size(),
        findings(findings, quiet));
  }

  private static Note note(Unreleasable it) {
    return new Note(it.worker(), it.file(), it.line(), it.reason());
  }

  private static List<Note> notes(
      Roster roster, Function<Instruction, Stream<Finding>> findings, Code... codes) {
    var wanted = Set.of(codes);
    return roster.planned().stream()
        .flatMap(worker ->
            findings
                .apply(worker)
                .filter(it -> wanted.contains(it.code()))
                .map(it -> new Note(worker.id(), it.file(), it.line(), it.message())))
        .limit(NOTES_MAX)
        .toList();
  }

  private static Findings findings(List<Finding> findings, Stream<Finding> quiet) {
    var codes = new HashMap<String, Integer>();
    var worst = new ArrayList<Found>();
    var counts = new int[2];
    Stream.concat(findings.stream(), quiet)
        .forEach(it -> {
          codes.merge(it.code().text(), 1, Integer::sum);
          counts[it.isError() ? 0 : 1]++;
          if (it.isError() && worst.size() < WORST_MAX) {
            worst.add(new Found(it.code().text(), it.file(), it.line(), it.message()));
          }
        });
    return new Findings(counts[0], counts[1], codes, worst);
  }
}
