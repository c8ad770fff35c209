package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunScope;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.run.RunStatus.HeldFor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A run as people and programs see it.
///
/// @param live whether its supervisor answered: without it nobody carries the run on this side, and
///   the holds of this moment are not known
/// @param startedBy the name of whoever started it; null where the journal is older than that
/// @param durationSeconds from its creation to its end, or until now
/// @param waitedSeconds how much of that nobody worked and people were waited for
/// @param holds why nothing (more) is released at this moment, in words
/// @param successRate completed workers of all workers, those left out included, 0 to 1
/// @param testPassRate passed tests of all that the latest verdicts rest on, 0 to 1; null when no
///   test ran
/// @param results what became of writing them since the run was last held or finished; null until
///   that is known
/// @param spend of its agents, by the profile of their models
/// @param sandbox how the node that answers confines scripts; null where none are run
/// @param deleting something of it is gone already, and the rest goes, too
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunView(
    String id,
    String workforce,
    RunPhase state,
    boolean live,
    Instant startedAt,
    @Nullable String startedBy,
    @Nullable Instant finishedAt,
    double durationSeconds,
    double waitedSeconds,
    int resumes,
    Settings settings,
    Workers workers,
    List<Wave> waves,
    List<Hold> holds,
    Approvals approvals,
    Retrospectives retrospectives,
    double successRate,
    @Nullable Double testPassRate,
    Headroom headroom,
    @JsonUnwrapped Scope scope,
    @Nullable ResultsView results,
    @Nullable Sandbox sandbox,
    Spend spend,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleting) {
  public RunView {
    spend = spend == null ? Spend.NONE : spend; // an older node says nothing
    waves = List.copyOf(waves);
    holds = List.copyOf(holds);
  }

  /// The state, with a word more when nobody is there to change it.
  public String standing() {
    return !live && state == RunPhase.RUNNING ? outcome() + " (no node carries it)" : outcome();
  }

  /// The state, with the words that must stand beside it: that no model was asked, that a part of
  /// the folder was left out, how many verdicts rest on tests that cannot fail, and how much of the
  /// files was ignored.
  public String outcome() {
    var incomplete = incomplete() && state != RunPhase.INCOMPLETE;
    return state
        + (replayed() == null ? "" : ", REPLAYED")
        + (incomplete ? ", " + RunPhase.INCOMPLETE : "")
        + (deleting ? ", being deleted" : "")
        + (workers.weak() > 0 ? " (" + workers.weak() + " weak)" : "")
        + ignored();
  }

  /// `, 2 passages ignored`; nothing when all was followed.
  private String ignored() {
    var passages = scope.ignored().total();
    if (passages == 0) return "";
    return ", " + passages + (passages == 1 ? " passage" : " passages") + " ignored";
  }

  /// What the tape says of itself that answered in place of models; null when none did.
  public @Nullable String replayed() {
    return settings.replayed();
  }

  /// How long the work took: people were waited for besides.
  public double tookSeconds() {
    return Math.max(0, durationSeconds - waitedSeconds);
  }

  /// A part of the folder was left out.
  public boolean incomplete() {
    return scope.leftOut().total() > 0;
  }

  /// Its results are not on disk.
  public boolean resultsFailed() {
    return results != null && !results.written();
  }

  /// @param approve `none`, `low` or `all`, as on the command line
  /// @param replayed what the tape says of itself that answers in place of models; null when none
  ///   does
  /// @param tags by which it is found
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Settings(
      String folder,
      String target,
      String results,
      String approve,
      boolean rehearse,
      int attemptsMax,
      @Nullable String replayed,
      List<String> tags) {
    public Settings {
      // A node of an earlier version knows none.
      tags = tags == null ? List.of() : List.copyOf(tags);
    }

    public static Settings of(RunSettings settings) {
      return new Settings(
          settings.folder(),
          settings.target(),
          settings.results(),
          settings.approve().name().toLowerCase(Locale.ROOT),
          settings.rehearse(),
          settings.attemptsMax(),
          settings.replayed(),
          settings.tags());
    }
  }

  /// completed + failed + blocked + cancelled + rehearsed + held + waiting + running = total.
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

  /// @param weak those of the completed whose verdict rests on a test that cannot fail
  /// @param carriedOver those of the completed that an earlier run has done
  /// @param launchedBy who released it by hand; null where it went by its plan
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Wave(
      int wave,
      String name,
      int total,
      int completed,
      int weak,
      int carriedOver,
      int settled,
      @Nullable Instant releasedAt,
      @Nullable String launchedBy,
      @Nullable Instant settledAt,
      double waitedSeconds,
      List<HeldFor> holds,
      Spend.Sum spend) {
    public Wave {
      spend = spend == null ? Spend.Sum.NONE : spend;
      holds = List.copyOf(holds);
    }

    /// How long its work took; null until it has settled.
    public @Nullable Double tookSeconds() {
      if (releasedAt == null || settledAt == null) return null;
      var all = Duration.between(releasedAt, settledAt).toMillis() / 1000.0;
      return Math.max(0, all - waitedSeconds);
    }
  }

  /// @param closed nobody needed an answer any more
  public record Approvals(
      int requested,
      int approved,
      int autoApproved,
      int rejected,
      int expired,
      int closed,
      int pending) {}

  public record Retrospectives(int stored) {}

  /// @param samples headroom reports seen while it ran
  /// @param closedSeconds how long no node had headroom while it ran
  public record Headroom(long samples, double closedSeconds) {}

  /// How much of the folder the run carries out.
  ///
  /// @param leftOut files that cannot be used, and workers that wait for one
  /// @param assumed dependencies outside the run, which count as met
  /// @param ignored blocks and fields of its files that nothing follows from
  /// @param notSelected workers that the wave plan or `--only` does not choose
  public record Scope(
      Notes leftOut, Notes assumed, Notes ignored, int notSelected, RunScope.Findings findings) {
    private static final int SHOWN_MAX = 50;

    public Scope {
      ignored = ignored == null ? Notes.of(List.of()) : ignored; // an older node says nothing
    }

    public static Scope of(RunScope scope) {
      return new Scope(
          Notes.of(scope.leftOut()),
          Notes.of(scope.assumed()),
          Notes.of(scope.ignored()),
          scope.notSelected(),
          scope.findings());
    }
  }

  /// @param items the first of them
  public record Notes(int total, List<RunScope.Note> items) {
    public Notes {
      items = List.copyOf(items);
    }

    static Notes of(List<RunScope.Note> all) {
      return new Notes(all.size(), all.subList(0, Math.min(all.size(), Scope.SHOWN_MAX)));
    }
  }

  /// @param kind in words
  /// @param warning loud words where scripts are not confined; null where they are
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Sandbox(String kind, @Nullable String warning) {}

  /// With what the supervisor says, unless it has only been woken to be looked at.
  public RunView with(RunStatus status) {
    return status.carried() ? LiveRun.of(this, status) : this;
  }

  /// Rounded down, so that only a whole is ever shown as one.
  public static double thousandths(int part, int whole) {
    return whole == 0 ? 0 : Math.floor(1_000.0 * part / whole) / 1_000;
  }

  public RunView in(@Nullable Sandbox where) {
    return new RunView(
        id,
        workforce,
        state,
        live,
        startedAt,
        startedBy,
        finishedAt,
        durationSeconds,
        waitedSeconds,
        resumes,
        settings,
        workers,
        waves,
        holds,
        approvals,
        retrospectives,
        successRate,
        testPassRate,
        headroom,
        scope,
        results,
        where,
        spend,
        deleting);
  }
}
