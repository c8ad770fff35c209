package dev.muster.orchestrator.engine.instruction;

/// The ten points, in the order of the format. In files the number is decoration: the name decides.
public enum Point {
  DELIVERABLES(1),
  SUCCESS_CRITERIA(2),
  BOUNDARIES(3),
  DEPENDENCIES(4),
  MITIGATION(5),
  TEST_PROCESS(6),
  TEST_RESULTS_FORMAT(7),
  TASK_CLASSIFICATION(8),
  RETROSPECTIVE(9),
  PERFORMANCE_REQUIREMENTS(10);

  private final int number;

  Point(int number) {
    this.number = number;
  }

  /// The number the format gives it, 1 to 10.
  public int number() {
    return number;
  }
}
