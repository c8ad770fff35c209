package dev.muster.protocol.worker;

import java.util.List;

/// What a run gives to a worker: which instruction, where, and with which inputs.
///
/// @param instructionDigest finds the compiled instruction in the instruction store
/// @param target absolute path of the folder the workforce works on, read-only unless permitted
/// @param hidden absolute paths inside the target that are masked in every sandbox (the data and
///   results folders)
/// @param inputs deliverables of completed dependencies, one per path (the nearest wins)
/// @param rehearse walk the life cycle and execute nothing
/// @param attemptsMax tries before the worker fails; interrupted attempts are not tries
public record Assignment(
    String run,
    String worker,
    String instructionDigest,
    String target,
    List<String> hidden,
    List<Artifact> inputs,
    boolean rehearse,
    int attemptsMax) {
  public Assignment {
    if (attemptsMax < 1) throw new IllegalArgumentException("attemptsMax is " + attemptsMax);
    hidden = List.copyOf(hidden);
    inputs = List.copyOf(inputs);
  }

  /// The worker's entity id.
  public String entityId() {
    return run + "/" + worker;
  }
}
