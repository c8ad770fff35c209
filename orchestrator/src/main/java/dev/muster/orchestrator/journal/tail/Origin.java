package dev.muster.orchestrator.journal.tail;

import org.jspecify.annotations.Nullable;

/// Whose event it is: `Run|<run>`, `Gate|<run>`, `Gate|outside`, `Worker|<run>/<worker>`,
/// `Commons|<run>` or `Commons|<run>/<worker>`.
///
/// @param run the run's id, or `outside` for the gate of callers that are not workers
/// @param worker null unless it is one worker's own
public record Origin(Kind kind, String run, @Nullable String worker) {
  public enum Kind {
    RUN("Run|"),
    GATE("Gate|"),
    WORKER("Worker|"),
    COMMONS("Commons|");

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

  /// What the workers of a run share, or what one of them keeps.
  public static Origin commons(String run, @Nullable String worker) {
    return new Origin(Kind.COMMONS, run, worker);
  }

  /// Null for ids that are not Muster's own, such as those of the cluster's remembered entities.
  public static @Nullable Origin parse(String persistenceId) {
    for (var kind : Kind.values()) {
      if (!persistenceId.startsWith(kind.prefix)) continue;
      var rest = persistenceId.substring(kind.prefix.length());
      if (kind == Kind.RUN || kind == Kind.GATE) return new Origin(kind, rest, null);
      var slash = rest.indexOf('/');
      if (slash < 0) return kind == Kind.COMMONS ? new Origin(kind, rest, null) : null;
      return new Origin(kind, rest.substring(0, slash), rest.substring(slash + 1));
    }
    return null;
  }

  public String persistenceId() {
    return kind.prefix + run + (worker == null ? "" : "/" + worker);
  }
}
