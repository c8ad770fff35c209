package dev.muster.cli.verb;

import dev.muster.cli.client.RunView;
import picocli.CommandLine.Command;

@Command(
    name = "retry",
    description = "Reopen failed and cancelled workers, and those blocked by them.")
final class Retry extends ControlVerb {
  Retry(Context context) {
    super(context);
  }

  @Override
  String action() {
    return "retry";
  }

  @Override
  boolean applies(RunView run) {
    return run.state().finished() || run.workers().failed() > 0;
  }
}
