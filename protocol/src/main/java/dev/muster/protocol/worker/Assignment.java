package dev.muster.protocol.worker;

import dev.muster.protocol.instruction.Labels;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a run gives to a worker: which instruction, where, and with which inputs.
///
/// @param instructionDigest finds the compiled instruction in the instruction store
/// @param target absolute path of the folder the workforce works on, read-only unless permitted
/// @param hidden absolute paths inside the target that are masked in every sandbox (the data and
///   results folders)
/// @param inputs deliverables of completed dependencies, one per path (the nearest wins); empty
///   where they are found by `handover`
/// @param rehearse walk the life cycle and execute nothing
/// @param attemptsMax tries before the worker fails; interrupted attempts are not tries
/// @param targetArtifact digest of the packed target, of which each node makes a copy; null where
///   the target is found at its path
/// @param labels what its node must offer, sorted; empty when any node will do
/// @param handover digest of the [Handover] that its inputs are found by; null when there are none,
///   and in old journals, where they are listed
/// @param wave of its run; null in old journals
/// @param agents digest of what agents work by; null where none takes part, and in old journals
public record Assignment(
    String run,
    String worker,
    String instructionDigest,
    String target,
    List<String> hidden,
    List<Artifact> inputs,
    boolean rehearse,
    int attemptsMax,
    @Nullable String targetArtifact,
    List<String> labels,
    @Nullable String handover,
    @Nullable String agents,
    @Nullable Integer wave) {
  public Assignment {
    if (attemptsMax < 1) throw new IllegalArgumentException("attemptsMax is " + attemptsMax);
    hidden = List.copyOf(hidden);
    inputs = List.copyOf(inputs);
    labels = Labels.sorted(labels);
  }

  /// One whose target is found at its path, and that any node can carry out.
  public Assignment(
      String run,
      String worker,
      String instructionDigest,
      String target,
      List<String> hidden,
      List<Artifact> inputs,
      boolean rehearse,
      int attemptsMax) {
    this(
        run,
        worker,
        instructionDigest,
        target,
        hidden,
        inputs,
        rehearse,
        attemptsMax,
        null,
        List.of(),
        null,
        null,
        null);
  }

  public Assignment withTargetArtifact(@Nullable String sha256) {
    return with(inputs, sha256, labels, handover, agents, wave);
  }

  public Assignment withLabels(List<String> required) {
    return with(inputs, targetArtifact, required, handover, agents, wave);
  }

  public Assignment withHandover(@Nullable String digest) {
    return with(inputs, targetArtifact, labels, digest, agents, wave);
  }

  /// With its inputs listed, for whoever begins with them.
  public Assignment withInputs(List<Artifact> found) {
    return with(found, targetArtifact, labels, handover, agents, wave);
  }

  public Assignment withAgents(@Nullable String digest) {
    return with(inputs, targetArtifact, labels, handover, digest, wave);
  }

  public Assignment withWave(int number) {
    return with(inputs, targetArtifact, labels, handover, agents, number);
  }

  private Assignment with(
      List<Artifact> inputs,
      @Nullable String targetArtifact,
      List<String> labels,
      @Nullable String handover,
      @Nullable String agents,
      @Nullable Integer wave) {
    return new Assignment(
        run,
        worker,
        instructionDigest,
        target,
        hidden,
        inputs,
        rehearse,
        attemptsMax,
        targetArtifact,
        labels,
        handover,
        agents,
        wave);
  }

  /// Whether the same text is to be carried out on the same inputs.
  public boolean isSameWork(Assignment other) {
    return instructionDigest.equals(other.instructionDigest)
        && inputs.equals(other.inputs)
        && Objects.equals(handover, other.handover);
  }

  /// The worker's entity id.
  public String entityId() {
    return new WorkerAddress(run, worker, labels).entityId();
  }
}
