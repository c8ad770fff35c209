package dev.muster.protocol.instruction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a block declares that it needs beyond its workspace.
///
/// @param kind what is done, such as `production_deploy`
/// @param writes folders that become writable for this one operation, relative to the target
/// @param network whether the operation may reach the network
/// @param inputs workspace files whose content is shown to whoever decides
/// @param reads paths of the target, relative to it, that the operation reads; empty when it does
///   not say
/// @param check a command that tells after a crash whether the operation happened (exit 0) or not
///   (exit 1), run in the target; null when nothing can tell
/// @param secrets names of values that it is given as variables
public record Operation(
    String kind,
    Risk risk,
    List<String> writes,
    boolean network,
    List<String> inputs,
    @Nullable String check,
    List<String> reads,
    List<String> secrets) {
  public Operation {
    if (kind.isBlank()) throw new IllegalArgumentException("operation kind is blank");
    writes = List.copyOf(writes);
    inputs = List.copyOf(inputs);
    reads = reads == null ? List.of() : List.copyOf(reads); // older ones say nothing
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
  }

  /// One that does not say what it reads.
  public Operation(
      String kind,
      Risk risk,
      List<String> writes,
      boolean network,
      List<String> inputs,
      @Nullable String check) {
    this(kind, risk, writes, network, inputs, check, List.of(), List.of());
  }

  public Operation withRisk(Risk other) {
    return new Operation(kind, other, writes, network, inputs, check, reads, secrets);
  }
}
