package dev.muster.orchestrator.engine.instruction;

import static java.util.stream.Collectors.groupingBy;

import dev.muster.protocol.proof.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Judges instruction files, each by itself and together.
public final class Linter {
  public static final int MIN_SCORE_DEFAULT = 80;

  private static final String TEXT_NAME = "instruction.md";

  private Linter() {}

  /// @param minScore files below it get the warning `low-score`
  /// @param strict whether warnings count as errors
  public record Options(int minScore, boolean strict) {
    public static final Options DEFAULT = new Options(MIN_SCORE_DEFAULT, false);

    public Options {
      if (minScore < 0 || minScore > 100) {
        throw new IllegalArgumentException("minimum score is " + minScore + ", expected 0 to 100");
      }
    }
  }

  public static LintReport lint(Workforce workforce, Options options) {
    return LintReport.of(reports(workforce, _ -> true, options).toList(), options.minScore());
  }

  /// Judges each workforce by itself.
  public static LintReport lint(List<Judged> workforces, Options options) {
    var files =
        workforces.stream()
            .flatMap(judged -> reports(judged.workforce(), judged::shows, options))
            .toList();
    return LintReport.of(files, options.minScore());
  }

  private static Stream<FileReport> reports(
      Workforce workforce, Predicate<Instruction> shown, Options options) {
    var findings = across(workforce);
    return workforce.instructions().stream()
        .filter(shown)
        .map(instruction -> {
          var all = new ArrayList<>(instruction.findings());
          all.addAll(findings.getOrDefault(instruction.file(), List.of()));
          return FileReport.of(instruction, finish(instruction, all, options));
        });
  }

  /// Judges one text that has no file, as an outside caller hands it in.
  public static TextReport check(String text, Options options) {
    var digest = Sha256.of(text);
    var instruction = InstructionCompiler.compile(TEXT_NAME, text, digest);
    var own =
        new ArrayList<>(
            instruction.findings().stream().filter(f -> f.code() != Code.MISSING_ID).toList());
    var findings = finish(instruction, own, options);
    var approved =
        findings.stream().noneMatch(Finding::isError) && instruction.score() >= options.minScore();
    return new TextReport(approved, instruction.score(), FileReport.missing(instruction), findings);
  }

  /// What shows only when files are seen together, by file.
  static Map<String, List<Finding>> across(Workforce workforce) {
    var all = new ArrayList<Finding>(duplicates(workforce.instructions()));
    var graph =
        DependencyGraph.of(workforce.instructions(), i -> i.placement().wave(), "this folder");
    for (var instruction : workforce.instructions()) {
      var id = instruction.id();
      if (id == null) continue;
      graph.findings(id).stream()
          .filter(f -> f.file().equals(instruction.file()))
          .forEach(all::add);
    }
    var order = graph.reachability();
    Overlaps.of(workforce.instructions(), order).forEach(overlap -> all.addAll(overlap.findings()));
    all.addAll(LooseEnds.of(workforce.instructions(), order));
    all.addAll(workforce.agents().findings(workforce.instructions()));
    return all.stream().collect(groupingBy(Finding::file));
  }

  /// One finding for each file whose id another file has, too.
  public static List<Finding> duplicates(List<Instruction> instructions) {
    var byId = new HashMap<String, List<Instruction>>();
    for (var instruction : instructions) {
      if (instruction.id() != null) {
        byId.computeIfAbsent(instruction.id(), _ -> new ArrayList<>()).add(instruction);
      }
    }
    var findings = new ArrayList<Finding>();
    for (var instruction : instructions) {
      var same = instruction.id() == null ? null : byId.get(instruction.id());
      if (same == null || same.size() == 1) continue;
      var other = same.getFirst().file().equals(instruction.file()) ? same.get(1) : same.getFirst();
      findings.add(
          Finding.of(
              Code.DUPLICATE_ID,
              instruction.file(),
              1,
              instruction.id() + " is also the id of " + other.file(),
              "Give every file a number of its own."));
    }
    return findings;
  }

  static List<Finding> finish(Instruction instruction, List<Finding> findings, Options options) {
    var read = findings.stream().noneMatch(finding -> finding.code().hidesContent());
    if (read && instruction.score() < options.minScore()) {
      findings.add(
          Finding.of(
              Code.LOW_SCORE,
              instruction.file(),
              1,
              "the score is " + instruction.score() + ", expected at least " + options.minScore(),
              "Fill in the points that are missing or thin."));
    }
    return findings.stream()
        .map(finding -> options.strict() ? finding.raised() : finding)
        .sorted(Comparator.comparingInt(Finding::line).thenComparing(Finding::code))
        .toList();
  }
}
