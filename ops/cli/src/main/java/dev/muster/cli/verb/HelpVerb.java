package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Help for a verb, or all of it as a manual page.")
final class HelpVerb extends Verb {
  @Parameters(paramLabel = "VERB", arity = "0..*", description = "Such as run, or runs list.")
  List<String> verb = new ArrayList<>();

  @Option(names = "--man", description = "All verbs, in the format of man(1).")
  boolean man;

  @Spec @Nullable CommandSpec spec;

  HelpVerb(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var at = root(spec);
    if (man) {
      terminal().raw(ManPage.of(at, context.version()));
      return Exit.OK;
    }
    for (var name : verb) {
      var inner = at.getSubcommands().get(name);
      if (inner == null) {
        throw new Refusal(
            Exit.USAGE, "expected a verb, found " + String.join(" ", verb), "see: `muster help`");
      }
      at = inner;
    }
    terminal().raw(at.getUsageMessage());
    return Exit.OK;
  }
}
