package dev.muster.cli.follow;

import dev.muster.cli.session.Pace;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.ApprovalWords;
import dev.muster.cli.view.PreviewWords;
import dev.muster.client.Api;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.Approval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// Asks an operator about the operations of a run, each once.
public final class Questions {
  private final Terminal terminal;
  private final Pace pace;
  private final Set<String> skipped = new HashSet<>();

  public Questions(Terminal terminal, Pace pace) {
    this.terminal = terminal;
    this.pace = pace;
  }

  /// Asks about everything that waits and was not skipped. True when nothing is left to ask.
  ///
  /// @param beforeAsking called once before the first question
  public boolean askAll(Api api, String run, Runnable beforeAsking) {
    var left = false;
    for (var fetched : api.approvals("PENDING", run).toList()) {
      var approval = fetched.view();
      if (skipped.contains(approval.id())) {
        continue;
      }
      beforeAsking.run();
      if (!present(api, approval, false)) {
        skipped.add(approval.id());
      } else {
        left = true;
      }
    }
    return !left;
  }

  /// Shows what would happen, and asks. True when a decision was made.
  ///
  /// @param full all of it at once, however long
  public boolean present(Api api, Approval approval, boolean full) {
    var lines = new ArrayList<>(ApprovalWords.lines(approval, pace.now(), terminal));
    lines.addAll(PreviewWords.of(api, approval, terminal));
    return ask(api, approval, new Pages(terminal).show(lines, full));
  }

  /// @param seen whether all of it was shown: nobody says yes to what was not
  private boolean ask(Api api, Approval approval, boolean seen) {
    if (dev.muster.protocol.approval.Enquiries.needsWords(approval.kind())) {
      return answer(api, approval);
    }
    while (true) {
      var answer = terminal.ask("Approve? [y]es, [n]o, [s]kip, [d]etails: ");
      switch (answer == null ? "s" : answer.toLowerCase(Locale.ROOT)) {
        case "y", "yes" -> {
          if (!seen) {
            terminal.say(
                "You have not seen all of it: `muster approve " + approval.id() + " --full`");
            continue;
          }
          return decide(() -> api.approve(approval.id(), approval.digest()), approval, "approved");
        }
        case "n", "no" -> {
          return reject(api, approval);
        }
        case "s", "skip" -> {
          terminal.say("Left open; decide later with: `muster approve " + approval.id() + "`");
          return false;
        }
        case "d", "details" -> details(api, approval);
        default -> terminal.say("Please answer y, n, s or d.");
      }
    }
  }

  private boolean answer(Api api, Approval question) {
    var run = String.valueOf(question.run());
    var text = terminal.ask("Your answer (nothing: leave it open): ");
    if (text == null || text.isBlank()) {
      terminal.say(
          "Left open; answer later with: `muster answer %s/%s TEXT`"
              .formatted(run, question.worker()));
      return false;
    }
    return decide(
        () -> api.deciding().answer(run, question.worker(), text, question.digest()),
        question,
        "answered");
  }

  private boolean reject(Api api, Approval approval) {
    var reason = terminal.ask("Why not? The worker is told: ");
    return decide(
        () ->
            api.reject(
                approval.id(), reason == null || reason.isEmpty() ? "no reason given" : reason),
        approval,
        "rejected");
  }

  /// Somebody else may have been quicker: that is said, and is no failure of ours.
  private boolean decide(Supplier<Fetched<Approval>> decision, Approval approval, String done) {
    try {
      var voted = ApprovalWords.voted(decision.get().view());
      terminal.say(approval.id() + (voted.isEmpty() ? " " + done + "." : ": " + voted));
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.CONFLICT && refusal.exitCode() != Exit.UNDECIDED) {
        throw refusal;
      }
      terminal.warn(refusal.words());
    }
    return true;
  }

  private void details(Api api, Approval approval) {
    terminal.show("  asked at   " + Text.time(approval.requestedAt()));
    terminal.show("  deadline   " + Text.time(approval.deadline()));
    terminal.show("  check      " + ApprovalWords.check(approval));
    var run = approval.run();
    if (run != null && approval.worker().startsWith("WORKER_")) {
      var worker = api.worker(run, approval.worker()).view();
      var title = worker.title() == null ? worker.id() : Text.line(worker.title());
      terminal.show("  worker     " + title + ", attempt " + worker.attempt());
      terminal.show("  log        `muster workers log " + run + "/" + worker.id() + "`");
    }
  }
}
