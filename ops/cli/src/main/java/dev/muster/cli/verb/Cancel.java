package dev.muster.cli.verb;

import dev.muster.cli.terminal.Text;
import dev.muster.protocol.view.RunView;
import java.util.ArrayList;
import picocli.CommandLine.Command;

@Command(name = "cancel", description = "End a run, or some of its workers, for good.")
final class Cancel extends ControlVerb {
  Cancel(Context context) {
    super(context);
  }

  @Override
  String action() {
    return "cancel";
  }

  @Override
  boolean applies(RunView run) {
    return !run.state().finished();
  }

  /// One that has ended loses nothing. A script that names the run means it: who pulls the plug is
  /// not asked for more.
  @Override
  boolean agreed(RunView found) {
    if (found.state().finished()) return true;
    var isNamed = run != null && !terminal().interactive();
    return isNamed || new Consent(context).given(question(found));
  }

  private String question(RunView found) {
    var counts = found.workers();
    var what =
        workers.isEmpty()
            ? found.id() + " of " + Text.line(found.workforce())
            : String.join(", ", workers) + " of " + found.id();
    var lost = new ArrayList<String>();
    if (counts.running() > 0) {
      lost.add(Text.count(counts.running(), "worker") + " running, whose unfinished work is lost");
    }
    if (counts.held() > 0) lost.add(counts.held() + " held");
    if (counts.waiting() > 0) lost.add(counts.waiting() + " not begun");
    var open = found.approvals().pending();
    if (open > 0) lost.add(Text.count(open, "approval") + " open");
    return "Cancel "
        + what
        + "? In this run: "
        + (lost.isEmpty() ? "nothing that runs" : String.join(", ", lost))
        + ". "
        + Text.count(counts.completed(), "completed worker")
        + " keep"
        + (counts.completed() == 1 ? "s its" : " their")
        + " results. This ends it for good.";
  }
}
