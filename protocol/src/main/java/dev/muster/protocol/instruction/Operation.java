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
/// @param why in the own words of whoever wrote it, a line; nothing follows from it. Null when it
///   does not say
public record Operation(
    String kind,
    Risk risk,
    List<String> writes,
    boolean network,
    List<String> inputs,
    @Nullable String check,
    List<String> reads,
    List<String> secrets,
    @Nullable String why) {
  public static final int WHY_CHARS_MAX = 500;

  public Operation {
    if (kind.isBlank()) throw new IllegalArgumentException("operation kind is blank");
    writes = List.copyOf(writes);
    inputs = List.copyOf(inputs);
    reads = reads == null ? List.of() : List.copyOf(reads); // older ones say nothing
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
    why = why == null ? null : reason(why);
  }

  /// As a line that is not too long to be read by whoever decides; null when it says nothing.
  public static @Nullable String reason(String text) {
    var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (line.length() > WHY_CHARS_MAX) line = line.substring(0, WHY_CHARS_MAX - 1) + "…";
    return line.isEmpty() ? null : line;
  }

  /// One that does not say why.
  public Operation(
      String kind,
      Risk risk,
      List<String> writes,
      boolean network,
      List<String> inputs,
      @Nullable String check,
      List<String> reads,
      List<String> secrets) {
    this(kind, risk, writes, network, inputs, check, reads, secrets, null);
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
    return new Operation(kind, other, writes, network, inputs, check, reads, secrets, why);
  }

  public Operation because(@Nullable String reason) {
    return new Operation(kind, risk, writes, network, inputs, check, reads, secrets, reason);
  }
}
