package dev.muster.cli.verb;

import dev.muster.protocol.view.RunView;
import picocli.CommandLine.Command;

@Command(
    name = "pause",
    description = "Hold back everything that has not begun; what runs is stopped.")
final class Pause extends ControlVerb {
  Pause(Context context) {
    super(context);
  }

  @Override
  String action() {
    return "pause";
  }

  @Override
  boolean applies(RunView run) {
    return !run.state().finished();
  }
}
