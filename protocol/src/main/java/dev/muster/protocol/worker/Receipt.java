package dev.muster.protocol.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A verdict with the hashes of what was tested, how, and what came out.
///
/// @param instructionSha256 of the instruction file
/// @param deliverables as they were before the tests ran
/// @param tests one per TEST_PROCESS script, in order
/// @param weak it proves less than it seems: a test that took part cannot fail, or `weakBecause`
/// @param failure why the verdict is a failure; null when it passed
/// @param weakBecause why else it is weak, in words; null when nothing else makes it so
/// @param attested by the node that ran the tests; null in old journals
public record Receipt(
    String instructionSha256,
    List<Artifact> deliverables,
    List<Tested> tests,
    boolean weak,
    @Nullable String failure,
    @Nullable String weakBecause,
    @Nullable Attestation attested) {
  public Receipt(
      String instructionSha256,
      List<Artifact> deliverables,
      List<Tested> tests,
      boolean weak,
      @Nullable String failure,
      @Nullable String weakBecause) {
    this(instructionSha256, deliverables, tests, weak, failure, weakBecause, null);
  }

  public Receipt(
      String instructionSha256,
      List<Artifact> deliverables,
      List<Tested> tests,
      boolean weak,
      @Nullable String failure) {
    this(instructionSha256, deliverables, tests, weak, failure, null);
  }

  public Receipt {
    deliverables = List.copyOf(deliverables);
    tests = List.copyOf(tests);
  }

  /// One script that was run.
  ///
  /// @param scriptSha256 of the script's text
  /// @param command as it was run, without the sandbox around it
  public record Tested(String command, String scriptSha256, boolean masked, StepResult result) {}

  public Receipt with(@Nullable Attestation attestation) {
    return new Receipt(
        instructionSha256, deliverables, tests, weak, failure, weakBecause, attestation);
  }

  public boolean passed() {
    return failure == null;
  }
}
