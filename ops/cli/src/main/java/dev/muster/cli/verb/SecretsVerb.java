package dev.muster.cli.verb;

import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listings;
import dev.muster.host.refusal.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "secrets",
    description = "Values that operations are given by name: set, list, delete.")
final class SecretsVerb extends Noun {
  SecretsVerb(Context context) {
    super(context);
  }

  @Command(description = "Keep a value, encrypted. It is asked for, or read from the input.")
  int set(@Parameters(paramLabel = "NAME", description = "The variable it becomes.") String name) {
    var value = HiddenInput.whole(context, "value of " + Text.line(name));
    return withNode(link -> {
      link.api().people().setSecret(name, value);
      terminal()
          .say(
              "Kept. A block that says secrets=\"%s\" is given it once it is approved."
                  .formatted(Text.line(name)));
      return Exit.OK;
    });
  }

  @Command(description = "Their names. Nobody is told a value again.")
  int list() {
    return withNode(link -> {
      Listings.secrets()
          .print(
              terminal(), context.output(), link.api().people().secrets(), "There is no secret.");
      return Exit.OK;
    });
  }

  @Command(description = "Forget a value.")
  int delete(@Parameters(paramLabel = "NAME", description = "Which.") String name) {
    var question = "Forget " + Text.line(name) + "? Nobody is told its value again.";
    if (!new Consent(context).given(question)) return Exit.OK;
    return withNode(link -> {
      link.api().people().deleteSecret(name);
      terminal().say("Forgotten.");
      return Exit.OK;
    });
  }
}
