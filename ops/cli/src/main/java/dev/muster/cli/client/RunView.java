package dev.muster.cli.client;

import dev.muster.protocol.run.RunPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A run as a node describes it.
///
/// @param live false when no supervisor answers: nobody carries the run on at this moment
/// @param testPassRate null when no test ran
/// @param leftOut files that cannot be used, and workers that wait for one
/// @param assumed dependencies outside the run, which count as met
/// @param notSelected workers that the wave plan or `--only` does not choose
/// @param results what became of writing them; null until that is known
/// @param findings what the linter and the plan had to say when it was created
public record RunView(
    String id,
    String workforce,
    RunPhase state,
    @Nullable Boolean live,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    double durationSeconds,
    double waitedSeconds,
    int resumes,
    @Nullable Settings settings,
    Workers workers,
    List<Wave> waves,
    List<Hold> holds,
    Approvals approvals,
    @Nullable Map<String, Integer> retrospectives,
    double successRate,
    @Nullable Double testPassRate,
    @Nullable Headroom headroom,
    @Nullable Notes leftOut,
    @Nullable Notes assumed,
    int notSelected,
    Findings findings,
    @Nullable Results results,
    @Nullable Sandbox sandbox) {
  public RunView {
    workers = workers == null ? new Workers(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) : workers;
    waves = waves == null ? List.of() : List.copyOf(waves);
    holds = holds == null ? List.of() : List.copyOf(holds);
    approvals = approvals == null ? new Approvals(0, 0, 0, 0, 0, 0, 0) : approvals;
    findings = findings == null ? new Findings(0, 0, Map.of(), List.of()) : findings;
  }

  /// The state, with a word more when nobody is there to change it.
  public String standing() {
    return Boolean.FALSE.equals(live) && state == RunPhase.RUNNING
        ? outcome() + " (no node carries it)"
        : outcome();
  }

  /// The state, with the words that must stand beside it: that no model was asked, that a part of
  /// the folder was left out, and how many verdicts rest on tests that cannot fail.
  public String outcome() {
    var incomplete = incomplete() && state != RunPhase.INCOMPLETE;
    return state
        + (replayed() == null ? "" : ", REPLAYED")
        + (incomplete ? ", " + RunPhase.INCOMPLETE : "")
        + (workers.weak() > 0 ? " (" + workers.weak() + " weak)" : "");
  }

  /// How long the work took: people were waited for besides.
  public double tookSeconds() {
    return Math.max(0, durationSeconds - waitedSeconds);
  }

  /// A part of the folder was left out.
  public boolean incomplete() {
    return leftOutTotal() > 0;
  }

  /// Its results are not on disk.
  public boolean resultsFailed() {
    return results != null && !results.written();
  }

  public int leftOutTotal() {
    return leftOut == null ? 0 : leftOut.total();
  }

  public record Settings(
      @Nullable String folder,
      @Nullable String target,
      @Nullable String results,
      @Nullable String approve,
      boolean rehearse,
      @Nullable String replayed) {}

  /// What the tape says of itself that answered in place of models; null when none did.
  public @Nullable String replayed() {
    return settings == null ? null : settings.replayed();
  }

  /// The parts up to `running` add up to `total`.
  ///
  /// @param weak those of the completed whose verdict rests on a test that cannot fail
  /// @param refused those of the failed whose operation was rejected or had expired
  public record Workers(
      int total,
      int completed,
      int failed,
      int blocked,
      int cancelled,
      int held,
      int waiting,
      int rehearsed,
      int running,
      int weak,
      int refused) {
    public int settled() {
      return completed + failed + blocked + cancelled + rehearsed;
    }
  }

  public record Wave(
      int wave,
      @Nullable String name,
      int total,
      int completed,
      int weak,
      int settled,
      @Nullable Instant releasedAt,
      @Nullable Instant settledAt,
      double waitedSeconds,
      List<HeldFor> holds) {
    /// How long its work took; null until it has settled.
    public @Nullable Double tookSeconds() {
      if (releasedAt == null || settledAt == null) return null;
      var all = Duration.between(releasedAt, settledAt).toMillis() / 1000.0;
      return Math.max(0, all - waitedSeconds);
    }

    public Wave {
      holds = holds == null ? List.of() : List.copyOf(holds);
    }
  }

  /// @param failure why not all of it could be written; null when it was
  public record Results(
      boolean written,
      String folder,
      @Nullable String failure,
      int conflictsTotal,
      List<Conflict> conflicts) {
    public Results {
      conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
    }
  }

  /// @param stands whose version is at the path
  /// @param others how many versions are elsewhere
  /// @param kept whose those are, by where they are in the run's folder; the first of them
  public record Conflict(String path, String stands, int others, Map<String, String> kept) {
    public Conflict {
      kept = kept == null ? Map.of() : new TreeMap<>(kept);
    }
  }

  /// @param items the first of them
  public record Notes(int total, List<Note> items) {
    public Notes {
      items = items == null ? List.of() : List.copyOf(items);
    }
  }

  /// @param worker null for a file that names none
  public record Note(@Nullable String worker, String file, int line, String reason) {}

  /// @param codes how many there are of each code
  /// @param worst the first errors
  public record Findings(int errors, int warnings, Map<String, Integer> codes, List<Found> worst) {
    public Findings {
      codes = codes == null ? Map.of() : new TreeMap<>(codes);
      worst = worst == null ? List.of() : List.copyOf(worst);
    }
  }

  public record Found(String code, String file, int line, String message) {}

  public record HeldFor(String reason, double seconds) {}

  /// Why something is not released at this moment.
  public record Hold(int wave, @Nullable String subject, @Nullable String kind, String reason) {}

  public record Approvals(
      int requested,
      int approved,
      int autoApproved,
      int rejected,
      int expired,
      int closed,
      int pending) {}

  public record Headroom(long samples, double closedSeconds) {}

  /// @param warning what is less safe on this host than it should be; null when nothing is
  public record Sandbox(@Nullable String kind, @Nullable String warning) {}
}
