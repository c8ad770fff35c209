package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A noun whose verbs are its methods. Alone it says which verbs there are.
abstract class Noun extends Verb {
  @Spec @Nullable CommandSpec spec;

  Noun(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var own = spec;
    if (own != null) {
      CommandLine commandLine = own.commandLine();
      terminal()
          .show(
              "expected a verb: muster "
                  + own.name()
                  + " "
                  + String.join("|", commandLine.getSubcommands().keySet()));
    }
    return Exit.USAGE;
  }
}
