package dev.muster.cli.follow;

import dev.muster.cli.session.Link;
import dev.muster.cli.session.Pace;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Stays with a run until it has ended, or until only decisions remain that nobody here makes.
public final class RunFollower {
  /// A node of this process is looked at more often, but for one part in twenty of the time at
  /// most: nobody else pays for that, and an end is told at once.
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private static final Duration LOOK_EVERY_MIN = Duration.ofMillis(20);
  private static final int LOOK_SHARE = 20;

  /// While much is left and no bar shows it: each look has the node bring its tables up to date,
  /// which costs less for many events at once.
  private static final Duration LOOK_EVERY_UNSEEN = Duration.ofSeconds(1);

  /// So few may settle at any moment.
  private static final int FEW_LEFT = 16;

  private static final Duration LAST_LOOKS_MAX = Duration.ofSeconds(6);

  /// A node takes as long for the last results before it ends.
  private static final Duration RESULTS_MAX = Duration.ofSeconds(60);

  /// HELD with nothing left to decide is on its way to another state; this bounds the wait for it.
  private static final Duration UNEXPLAINED_HELD_MAX = Duration.ofSeconds(30);

  /// What runs has limits of its own; this is for what has none.
  public static final Duration HAND_OVER_MAX = Duration.ofHours(1);

  private final Link link;
  private final Terminal terminal;
  private final Pace pace;
  private final Duration heldStable;
  private final @Nullable Instant until;
  private final Progress progress;
  private final Questions questions;

  private @Nullable String heldAs;
  private Instant heldSince;
  private boolean waitingTold;
  private Duration lookCost = LOOK_EVERY;
  private Instant lookedAt;
  private int settledBefore;

  /// @param heldStable how long HELD must stay unchanged to be believed: right after a decision the
  ///   held worker has yet to hear of it
  /// @param until when to give up; null for never
  public RunFollower(
      Link link, Terminal terminal, Pace pace, Duration heldStable, @Nullable Instant until) {
    this.link = link;
    this.terminal = terminal;
    this.pace = pace;
    this.heldStable = heldStable;
    this.until = until;
    this.progress = Progress.on(terminal, pace);
    link.beforeWords(progress::clear);
    this.questions = new Questions(terminal, pace);
    this.heldSince = pace.now();
    this.lookedAt = heldSince;
  }

  /// @throws Refusal with exit code 7 when the time is up
  public Fetched<RunView> follow(String run) {
    heldAs = null;
    waitingTold = false;
    while (true) {
      handOverIfAsked();
      var found = look(run);
      var view = found.view();
      if (view.state().finished()) {
        progress.clear();
        return whole(found);
      }
      progress.show(view, pace.now());
      var asked = terminal.interactive() && view.approvals().pending() > 0;
      var allSkipped = asked && questions.askAll(link.api(), run, progress::clear);
      if (stuck(view) && (terminal.noInput() || allSkipped)) {
        progress.clear();
        return found;
      }
      tellThatDecisionsAreAwaited(view);
      giveUpInTime(view);
      if (hasMuchLeft(view) && !terminal.bar()) pace.sleep(LOOK_EVERY_UNSEEN);
      else pause();
    }
  }

  /// Whether it goes on beyond the next look, by how much of it has settled since the last one.
  private boolean hasMuchLeft(RunView run) {
    var now = pace.now();
    var settled = run.workers().settled();
    var left = run.workers().total() - settled;
    var sinceMillis = Duration.between(lookedAt, now).toMillis();
    var until = LOOK_EVERY_UNSEEN.toMillis() * (settled - settledBefore);
    lookedAt = now;
    settledBefore = settled;
    return run.state() == RunPhase.RUNNING && left > FEW_LEFT && left * sinceMillis >= until;
  }

  private void pause() {
    var pause = lookCost.multipliedBy(LOOK_SHARE);
    if (pause.compareTo(LOOK_EVERY_MIN) < 0) pause = LOOK_EVERY_MIN;
    var shorter = link.hosted() != null && pause.compareTo(LOOK_EVERY) < 0;
    pace.sleep(shorter ? pause : LOOK_EVERY);
  }

  /// A node may know that a run has ended before its counts have caught up with the journal; they
  /// have once the end has a time. Then its results are written, which may fail.
  private Fetched<RunView> whole(Fetched<RunView> ended) {
    var found = ended;
    var countsUntil = pace.now().plus(LAST_LOOKS_MAX);
    while (found.view().finishedAt() == null && pace.now().isBefore(countsUntil)) {
      pause();
      found = look(ended.view().id());
    }
    var resultsUntil = pace.now().plus(RESULTS_MAX);
    while (resultsArePending(found) && pace.now().isBefore(resultsUntil)) {
      pause();
      found = look(ended.view().id());
    }
    return found;
  }

  /// An older node says nothing about them.
  private static boolean resultsArePending(Fetched<RunView> run) {
    return run.raw().has("results") && run.view().results() == null;
  }

  /// HELD, and nothing has changed for long enough.
  private boolean stuck(RunView run) {
    if (run.state() != RunPhase.HELD || run.workers().running() > 0) {
      heldAs = null;
      return false;
    }
    var now = pace.now();
    var as = run.workers() + " " + run.approvals();
    if (!as.equals(heldAs)) {
      heldAs = as;
      heldSince = now;
    }
    var enough = run.approvals().pending() > 0 ? heldStable : UNEXPLAINED_HELD_MAX;
    return Duration.between(heldSince, now).compareTo(enough) >= 0;
  }

  private void tellThatDecisionsAreAwaited(RunView run) {
    if (run.state() == RunPhase.HELD
        && run.approvals().pending() > 0
        && !terminal.interactive()
        && !terminal.noInput()
        && !waitingTold) {
      waitingTold = true;
      progress.clear();
      terminal.say(
          "Only decisions remain ("
              + Text.count(run.approvals().pending(), "approval")
              + "). Waiting for: `muster approve --all --run "
              + run.id()
              + "`, or reject. With --no-input this would end here.");
    }
  }

  private void giveUpInTime(RunView run) {
    if (until != null && pace.now().isAfter(until)) {
      progress.clear();
      throw new Refusal(
          Exit.TIMED_OUT,
          run.id()
              + " is still "
              + run.state()
              + " ("
              + run.workers().settled()
              + "/"
              + run.workers().total()
              + " done) after the time that --timeout allows",
          link.hosted() == null ? "it goes on: `muster status`" : "continue with: `muster resume`");
    }
  }

  /// Somebody who stays wants to host the node.
  private void handOverIfAsked() {
    var hosted = link.hosted();
    if (hosted == null || !hosted.isWanted()) return;
    progress.clear();
    terminal.say("Handing the node over to `muster up`; what runs may run to its end first.");
    link.handOver(HAND_OVER_MAX);
    terminal.say("Watching from here; the node is at " + link.api().client().base() + ".");
  }

  /// The node may end with the command that hosted it; then this one takes over.
  private Fetched<RunView> look(String run) {
    var before = pace.now();
    try {
      var found = link.api().run(run);
      lookCost = Duration.between(before, pace.now());
      return found;
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.UNREACHABLE || !link.mayReopen()) {
        throw refusal;
      }
      progress.clear();
      terminal.say("The node has gone; carrying on without it.");
      link.reopen(Need.HOST_AND_RESUME);
      return link.api().run(run);
    }
  }
}
