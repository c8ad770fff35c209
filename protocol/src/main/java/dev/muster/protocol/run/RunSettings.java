package dev.muster.protocol.run;

import com.fasterxml.jackson.annotation.JsonInclude;
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
/// @param tags words or `key=value` by which runs are found; empty in old journals
/// @param startedBy the name of whoever started it; null in old journals, which do not know
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
    @Nullable String replayed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String startedBy) {
  public RunSettings {
    hidden = List.copyOf(hidden);
    // Old journals have none.
    tags = tags == null ? List.of() : List.copyOf(tags);
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
        null,
        List.of(),
        null);
  }

  public RunSettings withTargetArtifact(@Nullable String sha256) {
    return with(sha256, agents, replayed, tags, startedBy);
  }

  public RunSettings withAgents(@Nullable String digest, @Nullable String tape) {
    return with(targetArtifact, digest, tape, tags, startedBy);
  }

  public RunSettings withTags(List<String> words) {
    return with(targetArtifact, agents, replayed, words, startedBy);
  }

  public RunSettings withStartedBy(@Nullable String name) {
    return with(targetArtifact, agents, replayed, tags, name);
  }

  private RunSettings with(
      @Nullable String targetArtifact,
      @Nullable String agents,
      @Nullable String replayed,
      List<String> tags,
      @Nullable String startedBy) {
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
        agents,
        replayed,
        tags,
        startedBy);
  }
}
