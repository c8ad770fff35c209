package dev.muster.orchestrator.journal.tail;

import org.jspecify.annotations.Nullable;

/// Whose event it is: `Run|<run>`, `Gate|<run>`, `Gate|outside` or `Worker|<run>/<worker>`.
///
/// @param run the run's id, or `outside` for the gate of callers that are not workers
/// @param worker null unless a worker persisted it
public record Origin(Kind kind, String run, @Nullable String worker) {
  public enum Kind {
    RUN("Run|"),
    GATE("Gate|"),
    WORKER("Worker|");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    public String prefix() {
      return prefix;
    }
  }

  public static Origin run(String run) {
    return new Origin(Kind.RUN, run, null);
  }

  public static Origin gate(String gate) {
    return new Origin(Kind.GATE, gate, null);
  }

  public static Origin worker(String run, String worker) {
    return new Origin(Kind.WORKER, run, worker);
  }

  /// Null for ids that are not Muster's own, such as those of the cluster's remembered entities.
  public static @Nullable Origin parse(String persistenceId) {
    for (var kind : Kind.values()) {
      if (!persistenceId.startsWith(kind.prefix)) continue;
      var rest = persistenceId.substring(kind.prefix.length());
      if (kind != Kind.WORKER) return new Origin(kind, rest, null);
      var slash = rest.indexOf('/');
      return slash < 0
          ? null
          : new Origin(kind, rest.substring(0, slash), rest.substring(slash + 1));
    }
    return null;
  }

  public String persistenceId() {
    return kind.prefix + run + (worker == null ? "" : "/" + worker);
  }
}
