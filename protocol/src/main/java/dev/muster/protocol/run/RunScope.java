package dev.muster.protocol.run;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much of its folder a run carries out, and what is known of the rest.
///
/// @param leftOut files that cannot be used and workers that wait for one: whoever created the run
///   has agreed to go on without them, and nothing else may ever forget them
/// @param assumed dependencies that are not part of the run and count as met
/// @param ignored blocks and fields of its files that nothing follows from
/// @param notSelected workers that the wave plan or `--only` does not choose
public record RunScope(
    List<Note> leftOut,
    List<Note> assumed,
    List<Note> ignored,
    int notSelected,
    Findings findings) {
  public static final RunScope WHOLE =
      new RunScope(List.of(), List.of(), List.of(), 0, Findings.NONE);

  public RunScope {
    leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
    assumed = assumed == null ? List.of() : List.copyOf(assumed);
    ignored = ignored == null ? List.of() : List.copyOf(ignored);
    findings = findings == null ? Findings.NONE : findings;
  }

  public boolean isIncomplete() {
    return !leftOut.isEmpty();
  }

  /// @param worker null for a file that names none
  /// @param line from 1
  public record Note(@Nullable String worker, String file, int line, String reason) {}

  /// What lint and plan had to say when the run was created.
  ///
  /// @param codes how many findings there are of each code
  /// @param worst the first errors
  public record Findings(int errors, int warnings, Map<String, Integer> codes, List<Found> worst) {
    public static final Findings NONE = new Findings(0, 0, Map.of(), List.of());

    public Findings {
      codes = codes == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(codes));
      worst = worst == null ? List.of() : List.copyOf(worst);
    }
  }

  /// @param line from 1
  public record Found(String code, String file, int line, String message) {}
}
