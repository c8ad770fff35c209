package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.protocol.worker.Artifact;
import java.util.List;

/// Where it is found what a worker begins with. Called from a thread that may block.
@FunctionalInterface
public interface InputSource {
  /// The deliverables handed to a worker of this run, one per path. Throws when they cannot be
  /// found, and the attempt is then reported as interrupted.
  List<Artifact> find(String run, String handover);

  /// With all that the attempt begins with, which its assignment only names.
  static Executor.Execute listed(Executor.Execute request, InputSource inputs)
      throws SilentException {
    var assignment = request.assignment();
    var handover = assignment.handover();
    if (handover == null) return request;
    try {
      return request.with(assignment.withInputs(inputs.find(assignment.run(), handover)));
    } catch (RuntimeException e) {
      throw new SilentException("its inputs could not be looked up: " + e, e);
    }
  }
}
