package dev.muster.orchestrator.engine.instruction;

/// What a DEPENDENCIES line names, before anyone knows what the folder holds.
public sealed interface Reference {
  int line();

  /// As a person would write it.
  String text();

  /// Whether it names the worker of a number; who is in a phase is not known here.
  default boolean holds(int number) {
    return switch (this) {
      case Worker(_, var id) -> WorkerIds.number(id) == number;
      case Range range -> range.from() <= number && number <= range.to();
      case Phases _ -> false;
    };
  }

  record Worker(int line, String id) implements Reference {
    @Override
    public String text() {
      return id;
    }
  }

  /// @param digits how many digits the numbers are written with
  record Range(int line, int from, int to, int digits) implements Reference {
    /// The id of one number of the range.
    String id(int number) {
      var text = Integer.toString(number);
      return "WORKER_" + "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    int size() {
      return to - from + 1;
    }

    @Override
    public String text() {
      return id(from) + "-" + id(to).substring("WORKER_".length());
    }
  }

  record Phases(int line, Phase from, Phase to) implements Reference {
    @Override
    public String text() {
      return "phase "
          + from.number()
          + (from.number().equals(to.number()) ? "" : "-" + to.number());
    }
  }
}
