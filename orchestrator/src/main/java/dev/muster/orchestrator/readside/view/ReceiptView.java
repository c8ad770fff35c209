package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.view.Seconds;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A verdict with the hashes of what was tested, how, and what came out.
///
/// @param failure why the verdict is a failure; null when it passed
/// @param weakBecause why it is weak although its tests can fail; null otherwise
/// @param signature whose word it is, and whether it is still what they said
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReceiptView(
    boolean passed,
    boolean weak,
    @Nullable String weakBecause,
    @Nullable String failure,
    String instructionSha256,
    List<Artifact> deliverables,
    List<Test> tests,
    SignatureView signature) {
  public ReceiptView {
    deliverables = List.copyOf(deliverables);
    tests = List.copyOf(tests);
  }

  /// One TEST_PROCESS script that the runtime ran.
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Test(
      String command,
      String scriptSha256,
      boolean masked,
      boolean passed,
      int exitCode,
      double durationSeconds,
      String outputSha256,
      long outputBytes,
      @Nullable String note) {
    private static Test of(Receipt.Tested tested) {
      var result = tested.result();
      return new Test(
          tested.command(),
          tested.scriptSha256(),
          tested.masked(),
          result.passed(),
          result.exitCode(),
          Seconds.of(result.duration()),
          result.outputSha256(),
          result.outputBytes(),
          result.note());
    }
  }

  /// @param origin in whose journal it is
  static ReceiptView of(Receipt receipt, Origin origin, int attempt) {
    return new ReceiptView(
        receipt.passed(),
        receipt.weak(),
        receipt.weakBecause(),
        receipt.failure(),
        receipt.instructionSha256(),
        receipt.deliverables().stream().map(Artifact::withoutTime).toList(),
        receipt.tests().stream().map(Test::of).toList(),
        SignatureView.of(receipt, origin, attempt));
  }
}
