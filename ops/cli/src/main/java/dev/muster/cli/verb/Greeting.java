package dev.muster.cli.verb;

import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.ScopeWords;
import dev.muster.protocol.view.RunView;

/// What is said of a run that has begun.
///
/// @param folder as the caller named it
/// @param since whether it carries over what an earlier run has done
record Greeting(Terminal terminal, String folder, boolean rehearse, boolean since) {
  private static final int SHOWN_MAX = 20;

  void of(RunView run) {
    if (since && !rehearse) {
      var done = run.workers().completed();
      var left = run.workers().total() - done;
      terminal.say(
          Text.count(done, "worker")
              + " carried over, with deliverables, since completed and unchanged; "
              + left
              + " to run: changed, not completed, or resting on one of those");
    }
    terminal.say(
        run.id()
            + " of "
            + Text.line(run.workforce())
            + ": "
            + Text.count(run.workers().total(), "worker")
            + " in "
            + Text.count(run.waves().size(), "wave")
            + (rehearse ? ", rehearsed: nothing is executed" : ""));
    var replayed = run.replayed();
    if (replayed != null) {
      terminal.say(
          "REPLAYED: no model is asked; what agents are answered is on a cassette ("
              + Text.line(replayed)
              + ")");
    }
    var leftOut = ScopeWords.leftOut(run);
    if (leftOut != null) {
      terminal.warn(leftOut);
      ScopeWords.lines(run.scope().leftOut(), SHOWN_MAX).forEach(line -> terminal.say("  " + line));
    }
    ScopeWords.findings(run, folder, SHOWN_MAX).forEach(terminal::say);
    var sandbox = run.sandbox();
    if (sandbox != null && sandbox.warning() != null) {
      terminal.warn(Text.line(sandbox.warning()));
    }
  }
}
