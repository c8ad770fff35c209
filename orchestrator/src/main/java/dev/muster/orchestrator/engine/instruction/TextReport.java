package dev.muster.orchestrator.engine.instruction;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/// The judgement of one text that has no file.
///
/// @param approved whether it holds no error and reaches the minimum score
/// @param missing the points it does not have
public record TextReport(
    boolean approved,
    int score,
    List<Point> missing,
    @JsonIgnoreProperties("file") List<Finding> findings) {
  public TextReport {
    missing = List.copyOf(missing);
    findings = List.copyOf(findings);
  }
}
