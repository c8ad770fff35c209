package dev.muster.protocol.run;

import dev.muster.protocol.approval.ApprovalPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator chose when the run was created; stored with it.
///
/// @param folder absolute path of the workforce
/// @param target absolute path of what the workforce works on
/// @param results absolute path of the folder that receives `<run>/…`
/// @param hidden absolute paths that workers never see, even inside the target
/// @param approvalWaitMax how long an operation waits for a decision before it expires
/// @param targetArtifact digest of the packed target, where nodes share no folder; null where each
///   finds the target at its path
/// @param agents digest of what agents work by; null where none takes part, and in old journals
/// @param replayed what the tape says of itself that answers in place of models; null when none
///   does
public record RunSettings(
    String folder,
    String target,
    String results,
    List<String> hidden,
    ApprovalPolicy approve,
    Duration approvalWaitMax,
    boolean rehearse,
    int attemptsMax,
    @Nullable String targetArtifact,
    @Nullable String agents,
    @Nullable String replayed) {
  public RunSettings {
    hidden = List.copyOf(hidden);
  }

  /// With a target that every node finds at its path.
  public RunSettings(
      String folder,
      String target,
      String results,
      List<String> hidden,
      ApprovalPolicy approve,
      Duration approvalWaitMax,
      boolean rehearse,
      int attemptsMax) {
    this(
        folder,
        target,
        results,
        hidden,
        approve,
        approvalWaitMax,
        rehearse,
        attemptsMax,
        null,
        null,
        null);
  }

  public RunSettings withTargetArtifact(@Nullable String sha256) {
    return new RunSettings(
        folder,
        target,
        results,
        hidden,
        approve,
        approvalWaitMax,
        rehearse,
        attemptsMax,
        sha256,
        agents,
        replayed);
  }

  public RunSettings withAgents(@Nullable String digest, @Nullable String tape) {
    return new RunSettings(
        folder,
        target,
        results,
        hidden,
        approve,
        approvalWaitMax,
        rehearse,
        attemptsMax,
        targetArtifact,
        digest,
        tape);
  }
}
