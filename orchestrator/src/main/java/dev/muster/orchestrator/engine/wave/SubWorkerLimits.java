package dev.muster.orchestrator.engine.wave;

/// How many sub-workers there may be.
///
/// @param depthMax of a tree below its worker of the plan
/// @param perWorkerMax that one worker may ask for until it is reopened
/// @param perRunMax in a run
public record SubWorkerLimits(int depthMax, int perWorkerMax, int perRunMax) {
  public static final SubWorkerLimits STANDARD = new SubWorkerLimits(2, 4, 64);

  /// What there may be at most, whatever the settings say.
  public static final SubWorkerLimits MOST = new SubWorkerLimits(5, 20, 1_000);
}
