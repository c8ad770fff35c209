package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.util.List;
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
      throw new Refusal(
          Exit.USAGE,
          "expected "
              + Misuse.oneOf(List.copyOf(commandLine.getSubcommands().keySet()))
              + ", found nothing",
          "try: `" + own.qualifiedName() + " --help`");
    }
    return Exit.USAGE;
  }
}
