package dev.muster.cli.verb;

import dev.muster.cli.client.RunView;
import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Refusal;
import dev.muster.cli.terminal.Text;
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

  /// A run that was named is meant; one that was guessed is asked about.
  @Override
  boolean agreed(RunView found) {
    if (run != null || context.yes()) {
      return true;
    }
    if (!terminal().interactive()) {
      throw new Refusal(
          Exit.USAGE,
          "expected the name of the run to cancel, or --yes",
          "muster cancel " + found.id());
    }
    var open = found.workers().total() - found.workers().settled();
    return terminal()
        .confirm("Cancel " + found.id() + " with " + Text.count(open, "open worker") + "?");
  }
}
