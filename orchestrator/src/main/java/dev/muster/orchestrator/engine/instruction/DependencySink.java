package dev.muster.orchestrator.engine.instruction;

/// What is told about what was read in DEPENDENCIES.
interface DependencySink {
  void awaited(Reference reference);

  /// It was named and is not waited for.
  void aside(Reference reference);

  /// @param what as it stands in the file
  /// @param why what cannot be told
  void unclear(int line, String what, String why);

  /// It stands only in the explanation of something else.
  void explained(int line, String id);
}
