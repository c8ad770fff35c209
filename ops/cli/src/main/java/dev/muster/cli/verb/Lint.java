package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.engine.instruction.FileReport;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.LintReport;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.TimeLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lint",
    description = "Judge instruction files: what is missing, wrong or thin, and how to mend it.",
    footer = {"", "Exit code: 0 no errors, 1 errors, 3 no such folder or nothing in it."})
final class Lint extends Verb {
  private static final int PLACES_MAX = 5;

  @Parameters(
      paramLabel = "FOLDER|FILE",
      arity = "1..*",
      description = "Each folder is a workforce; a file is judged among those of its folder.")
  List<String> paths = List.of();

  @Option(
      names = "--min-score",
      paramLabel = "N",
      description = "Files below get a warning (${DEFAULT-VALUE}).")
  int minScore = Linter.MIN_SCORE_DEFAULT;

  @Option(names = "--strict", description = "Warnings count as errors.")
  boolean strict;

  Lint(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (minScore < 0 || minScore > 100) {
      throw new Refusal(Exit.USAGE, "expected --min-score from 0 to 100, found " + minScore, null);
    }
    var judged = WorkforceFiles.judged(context, paths);
    var report = Linter.lint(judged, new Linter.Options(minScore, strict));
    print(report);
    return report.summary().errors() > 0 ? Exit.FAILED : Exit.OK;
  }

  private void print(LintReport report) {
    switch (context.output()) {
      case JSON -> terminal().data(Json.pretty(Json.MAPPER.valueToTree(report)));
      case JSONL ->
          report.files().forEach(f -> terminal().data(Json.line(Json.MAPPER.valueToTree(f))));
      case NAME -> report.files().forEach(file -> terminal().data(file.file()));
      case TABLE, WIDE -> words(report);
    }
  }

  private void words(LintReport report) {
    var same = new LinkedHashMap<String, List<Finding>>();
    report.files().stream()
        .flatMap(file -> file.findings().stream())
        .forEach(it -> same.computeIfAbsent(sentence(it), _ -> new ArrayList<>()).add(it));
    same.values().forEach(this::once);
    if (context.output() == OutputFormat.WIDE) {
      scores(report.files());
    }
    explain(report.files());
    limits(report.files());
    var summary = report.summary();
    terminal()
        .data(
            Text.count(summary.files(), "file")
                + ": "
                + summary.passed()
                + " passed, "
                + Text.count(summary.errors(), "error")
                + ", "
                + Text.count(summary.warnings(), "warning"));
  }

  /// What many files have in common is said once, with the places.
  private void once(List<Finding> same) {
    var first = same.getFirst();
    terminal().prose(place(first) + ": " + sentence(first));
    if (same.size() > 1) {
      var others = same.stream().skip(1).limit(PLACES_MAX).map(Lint::place);
      var more = same.size() - 1 - PLACES_MAX;
      terminal()
          .prose(
              "    and "
                  + Text.count(same.size() - 1, "time")
                  + " more: "
                  + others.collect(Collectors.joining(", "))
                  + (more > 0 ? ", and " + more + " others (-o json has all)" : ""));
    }
    terminal().prose("    " + Text.line(first.fix()));
  }

  private void explain(List<FileReport> files) {
    files.stream()
        .flatMap(file -> file.findings().stream())
        .max(Comparator.comparing(Finding::severity).reversed())
        .ifPresent(finding ->
            terminal()
                .data(
                    "What a finding means and how to mend it: muster instructions format "
                        + finding.code().text()));
  }

  /// One line for all: an estimate that has become a limit is worth knowing before it kills.
  private void limits(List<FileReport> files) {
    var first =
        files.stream()
            .filter(file -> isFrom(file, TimeLimit.Source.ESTIMATE))
            .findFirst()
            .orElse(null);
    if (first == null || first.timeLimit() == null) {
      return;
    }
    var number = files.stream().filter(file -> isFrom(file, TimeLimit.Source.ESTIMATE)).count();
    terminal()
        .data(
            Text.count(number, "file")
                + " without a degradation limit: an attempt is killed after a multiple of the"
                + " estimate; the first: "
                + Text.seconds(first.timeLimit().seconds())
                + ", "
                + Text.line(first.timeLimit().from())
                + (number > 1 ? " (all with -o wide)" : ""));
  }

  private static boolean isFrom(FileReport file, TimeLimit.Source source) {
    return file.timeLimit() != null && file.timeLimit().source() == source;
  }

  private static String place(Finding finding) {
    return Text.line(finding.file()) + ":" + finding.line();
  }

  private String sentence(Finding finding) {
    var severity =
        switch (finding.severity()) {
          case ERROR -> terminal().styled(Style.RED, "error");
          case WARNING -> terminal().styled(Style.YELLOW, "warning");
          case INFO -> "info";
        };
    return severity + " " + finding.code().text() + ": " + Text.line(finding.message());
  }

  private void scores(List<FileReport> files) {
    var table = new Table("WORKER", "SCORE", "WAVE", "TYPE", "TESTS", "LIMIT", "MISSING", "TITLE");
    for (var file : files) {
      table.row(
          file.id() == null ? file.file() : file.id(),
          Integer.toString(file.score()),
          file.priority() == null ? "" : file.priority().toString(),
          file.type() == null ? "" : file.type().name(),
          Integer.toString(file.tests()),
          file.timeLimit() == null ? "" : limit(file.timeLimit()),
          Integer.toString(file.missing().size()),
          file.title());
    }
    table.print(terminal());
  }

  private static String limit(FileReport.Limit limit) {
    var from = limit.source().name().toLowerCase(Locale.ROOT);
    return Text.seconds(limit.seconds()) + " " + from;
  }
}
