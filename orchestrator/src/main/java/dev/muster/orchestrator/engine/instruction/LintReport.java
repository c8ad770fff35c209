package dev.muster.orchestrator.engine.instruction;

import java.util.List;

/// The outcome of linting, in the shape `muster lint -o json` prints.
public record LintReport(List<FileReport> files, Summary summary) {
  public LintReport {
    files = List.copyOf(files);
  }

  /// @param passed files without an error that reach the minimum score
  public record Summary(int files, int errors, int warnings, int passed) {}

  static LintReport of(List<FileReport> files, int minScore) {
    var findings = files.stream().flatMap(file -> file.findings().stream()).toList();
    var errors = (int) findings.stream().filter(Finding::isError).count();
    var infos = (int) findings.stream().filter(f -> f.severity() == Severity.INFO).count();
    var passed =
        files.stream()
            .filter(file -> file.score() >= minScore)
            .filter(file -> file.findings().stream().noneMatch(Finding::isError))
            .count();
    return new LintReport(
        files, new Summary(files.size(), errors, findings.size() - errors - infos, (int) passed));
  }
}
