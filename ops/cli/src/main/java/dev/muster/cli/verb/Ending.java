package dev.muster.cli.verb;

import dev.muster.cli.follow.RunExit;
import dev.muster.cli.follow.RunFollower;
import dev.muster.cli.follow.WorkerFollower;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.RunSummary;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.util.List;

/// Follows runs to their end and says how they ended: what `run`, `resume` and `retry` share.
final class Ending {
  private static final String TROUBLED =
      "state:"
          + WorkerPhase.FAILED
          + ","
          + WorkerPhase.BLOCKED
          + ","
          + WorkerPhase.CANCELLED
          + ","
          + WorkerPhase.AWAITING_APPROVAL
          + ","
          + WorkerPhase.AWAITING_ANSWER;

  private final Context context;
  private final Link link;
  private final RunFollower follower;
  private final Duration heldStable;
  private final Runnable atEnd;

  Ending(Context context, Link link, Duration heldStable) {
    this(context, link, heldStable, () -> {});
  }

  /// @param atEnd done when the runs have ended, while there is still a node to ask
  Ending(Context context, Link link, Duration heldStable, Runnable atEnd) {
    this.atEnd = atEnd;
    this.context = context;
    this.link = link;
    this.heldStable = heldStable;
    this.follower =
        new RunFollower(link, context.terminal(), context.pace(), heldStable, context.until());
  }

  /// @return the exit code
  int follow(List<String> runs) {
    var code = watch(runs);
    if (code == Exit.INTERRUPTED) return code;
    atEnd.run();
    leave(runs);
    return code;
  }

  /// Only these workers are awaited; the rest of their run is left.
  ///
  /// @return the exit code
  int follow(String run, List<String> workers) {
    link.farewell(() -> farewell(run));
    var terminal = context.terminal();
    try {
      var ended =
          new WorkerFollower(link, context.pace(), heldStable, context.until())
              .follow(run, workers);
      ended.forEach(it ->
          terminal.data(
              it.id()
                  + " "
                  + it.verdict()
                  + (it.detail() == null ? "" : ": " + Text.line(it.detail()))));
      if (link.hosted() != null && !link.api().run(run).view().state().finished()) {
        terminal.say("The rest of " + run + " goes on with: muster resume " + run);
      }
      leave(List.of());
      return WorkerFollower.exitCode(ended);
    } catch (Refusal refusal) {
      if (link.interrupted()) {
        return Exit.INTERRUPTED;
      }
      throw refusal;
    }
  }

  /// Runs of other terminals may be at work on the node that is hosted here.
  private void leave(List<String> own) {
    var hosted = link.hosted();
    if (hosted == null || hosted.settle(Duration.ZERO)) {
      return;
    }
    var others =
        link.api().openRuns().stream()
            .map(run -> run.view().id())
            .filter(run -> !own.contains(run))
            .toList();
    var terminal = context.terminal();
    terminal.flush();
    terminal.say(
        "Still hosting "
            + (others.isEmpty() ? "what runs" : String.join(", ", others))
            + (own.isEmpty() ? "" : " for another terminal")
            + " until what runs now has ended; whoever watches it then takes over (Ctrl-C hands"
            + " over at once).");
    hosted.settle(RunFollower.HAND_OVER_MAX);
  }

  private int watch(List<String> runs) {
    var code = Exit.OK;
    for (var run : runs) {
      link.farewell(() -> farewell(run));
      try {
        var ended = follower.follow(run);
        print(ended);
        code = RunExit.worse(code, RunExit.of(ended.view()));
      } catch (Refusal refusal) {
        if (link.interrupted()) {
          return Exit.INTERRUPTED;
        }
        var hosted = link.hosted();
        var full = hosted == null ? null : hosted.diskFull(refusal);
        throw full == null ? refusal : full;
      }
    }
    return code;
  }

  private void farewell(String run) {
    var terminal = context.terminal();
    var hosted = link.hosted();
    if (hosted != null) {
      terminal.say("\nStopping the node. " + run + " continues with: `muster resume`");
    } else {
      terminal.say(
          "\nDetached. "
              + run
              + " goes on at "
              + link.api().client().base()
              + "; look with: `muster status`");
    }
  }

  void print(Fetched<RunView> run) {
    var terminal = context.terminal();
    Listing.printOne(
        terminal,
        context.output(),
        run,
        run.view().id(),
        () -> new RunSummary(terminal).print(run.view(), open(run.view()), troubled(run.view())));
  }

  /// What waits for a decision.
  private List<Approval> open(RunView run) {
    return run.approvals().pending() == 0
        ? List.of()
        : link.api().approvals("PENDING", run.id()).map(Fetched::view).toList();
  }

  /// The workers that need somebody, in the order of the plan.
  private List<WorkerView> troubled(RunView run) {
    var workers = run.workers();
    if (workers.failed() + workers.blocked() + workers.cancelled() + workers.held() == 0) {
      return List.of();
    }
    return link.api().workers(run.id(), TROUBLED).map(Fetched::view).toList();
  }
}
