package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How much each point says, 0 to 10. A point without its own heading has no score; an empty one
/// has 0; one that says something, but less than the format asks for, has a part.
final class Scores {
  private static final Pattern CAN =
      Pattern.compile("(?i)^[*_]*(?:can|may|allowed|in scope)\\b(?!not).*");
  private static final Pattern CANNOT =
      Pattern.compile("(?i)^[*_]*(?:cannot|can't|can not|must not|do not|never|out of scope)\\b.*");
  private static final int FULL = 10;

  /// What a thin point lacks.
  private record Verdict(int score, String lacks) {}

  private static final Verdict COMPLETE = new Verdict(FULL, "");

  private final ParsedInstruction parsed;
  private final Deliverables deliverables;
  private final Tests tests;
  private final @Nullable String resultsFormat;
  private final boolean typed;

  Scores(
      ParsedInstruction parsed,
      Deliverables deliverables,
      Tests tests,
      @Nullable String resultsFormat,
      boolean typed) {
    this.parsed = parsed;
    this.deliverables = deliverables;
    this.tests = tests;
    this.resultsFormat = resultsFormat;
    this.typed = typed;
  }

  Map<Point, Integer> judge(List<Finding> findings) {
    var scores = new EnumMap<Point, Integer>(Point.class);
    for (var entry : parsed.points().entrySet()) {
      var point = entry.getKey();
      var sections = entry.getValue();
      if (sections.stream().allMatch(Section::isEmpty)) {
        scores.put(point, 0);
        findings.add(finding(Code.EMPTY_POINT, point, " is empty", "Write it, or say 'None'."));
      } else {
        var verdict = judge(point);
        scores.put(point, verdict.score());
        if (!verdict.lacks().isEmpty()) {
          findings.add(
              finding(
                  Code.THIN_POINT,
                  point,
                  " is thin (" + verdict.score() + " of 10): " + verdict.lacks(),
                  "Add what is lacking."));
        }
      }
    }
    return scores;
  }

  private Verdict judge(Point point) {
    return switch (point) {
      case DELIVERABLES -> deliverables();
      case SUCCESS_CRITERIA -> counted(items(point), 2, "criteria that can be checked one by one");
      case BOUNDARIES -> boundaries();
      case DEPENDENCIES -> COMPLETE;
      case MITIGATION -> counted(lines(point), 2, "rollback and escalation");
      case TEST_PROCESS -> tests();
      case TEST_RESULTS_FORMAT ->
          resultsFormat != null ? COMPLETE : new Verdict(3, "a JSON object is expected");
      case TASK_CLASSIFICATION ->
          typed ? COMPLETE : new Verdict(4, "the type MECHANICAL, HYBRID or CREATIVE is expected");
      case RETROSPECTIVE ->
          counted(lines(point) + fences(point), 2, "time estimate and memory key");
      case PERFORMANCE_REQUIREMENTS -> counted(lines(point), 2, "targets and a degradation limit");
    };
  }

  private Verdict deliverables() {
    if (!deliverables.all().isEmpty()) return COMPLETE;
    return new Verdict(items(Point.DELIVERABLES) > 0 ? 6 : 4, "no file path in backticks");
  }

  private Verdict boundaries() {
    var can = anyLine(CAN);
    var cannot = anyLine(CANNOT);
    if (can && cannot) return COMPLETE;
    return new Verdict(can || cannot ? 6 : 4, "both CAN and CANNOT are expected");
  }

  private Verdict tests() {
    if (tests.scripts().isEmpty()) return new Verdict(2, "no fenced bash block");
    if (tests.scripts().stream().allMatch(script -> script.masked())) {
      return new Verdict(4, "no test can fail");
    }
    return tests.weak() > 0 ? new Verdict(7, "some checks cannot fail") : COMPLETE;
  }

  private static Verdict counted(int found, int expected, String what) {
    return found >= expected ? COMPLETE : new Verdict(found == 0 ? 4 : 7, "expected " + what);
  }

  private boolean anyLine(Pattern pattern) {
    return parsed.sections(Point.BOUNDARIES).stream()
        .flatMap(section -> section.statements().stream())
        .map(Line::text)
        .anyMatch(text -> pattern.matcher(text).matches());
  }

  private int items(Point point) {
    return parsed.sections(point).stream().mapToInt(section -> section.items().size()).sum();
  }

  private int lines(Point point) {
    return parsed.sections(point).stream().mapToInt(s -> s.statements().size()).sum();
  }

  private int fences(Point point) {
    return parsed.sections(point).stream().mapToInt(s -> 2 * s.fences().size()).sum();
  }

  private Finding finding(Code code, Point point, String says, String fix) {
    return Finding.of(
        code, parsed.file(), parsed.sections(point).getFirst().line(), point + says, fix);
  }
}
