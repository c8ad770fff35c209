package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.proof.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Names approvals so that the gate can be found from the name: `apr_<run suffix>_<hash>`.
public final class ApprovalIds {
  private static final String RUN_PREFIX = "run_";
  private static final int HASH_CHARS = 10;

  private ApprovalIds() {}

  /// @param gate the gate's entity id: a run id, or `outside`
  /// @param timesAsked how often the same operation was asked about before, as far as the gate
  ///   remembers: that of outside callers forgets, so that its names say when, too
  static String of(String gate, OperationRequest operation, int timesAsked, Instant at) {
    var isOutside = gate.equals(ApprovalCommand.OUTSIDE);
    var identity =
        String.join(
            "\n",
            gate,
            operation.worker(),
            Integer.toString(operation.ordinal()),
            operation.digest(),
            isOutside ? timesAsked + "@" + at.toEpochMilli() : Integer.toString(timesAsked));
    return "apr_" + suffix(gate) + "_" + Sha256.of(identity).substring(0, HASH_CHARS);
  }

  /// The entity id of the gate that an approval belongs to; null when the name is not one of ours.
  public static @Nullable String gateOf(String approval) {
    var parts = approval.split("_", -1);
    if (parts.length != 3 || !parts[0].equals("apr") || parts[1].isEmpty()) return null;
    return parts[1].equals(ApprovalCommand.OUTSIDE) ? parts[1] : RUN_PREFIX + parts[1];
  }

  private static String suffix(String gate) {
    return gate.startsWith(RUN_PREFIX) ? gate.substring(RUN_PREFIX.length()) : gate;
  }
}
