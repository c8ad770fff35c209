package dev.muster.cli.verb;

import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Text;
import dev.muster.client.Fetched;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.TextChanges;
import dev.muster.protocol.view.TextChanges.Changed;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "retry",
    description = "Reopen failed and cancelled workers, and those blocked by them.",
    footer = {
      "",
      "A run keeps the texts it took. With --refresh it takes those that have changed since, and",
      "runs again what rests on them; what is completed and not affected stays."
    })
final class Retry extends ControlVerb {
  @Option(names = "--refresh", description = "Take the new text of files that have changed since.")
  boolean refresh;

  Retry(Context context) {
    super(context);
  }

  @Override
  String action() {
    return "retry";
  }

  @Override
  boolean applies(RunView run) {
    return refresh || run.state().finished() || run.workers().failed() > 0;
  }

  @Override
  Fetched<RunView> carryOut(Link link, RunView found) {
    if (!refresh) {
      ChangedTexts.tell(terminal(), link, found.id(), workers);
      return super.carryOut(link, found);
    }
    say(ChangedTexts.of(link.api().changes(found.id()), workers));
    return link.api().refresh(found.id(), workers);
  }

  private void say(TextChanges changes) {
    if (changes.items().isEmpty()) {
      terminal().say("No file has changed since the run took it.");
      return;
    }
    var files = changes.items().stream().map(Changed::file).toList();
    terminal().say("Takes the new text of " + Text.line(String.join(", ", files)) + ".");
    var again =
        Stream.concat(changes.items().stream().map(Changed::worker), changes.rests().stream());
    var rest =
        changes.rests().isEmpty() ? "" : " (" + named(changes.rests()) + " because of its inputs)";
    terminal()
        .say(
            "Runs again what of these has run: "
                + named(again.toList())
                + rest
                + "; what is completed beside them stays.");
  }

  private static String named(List<String> workers) {
    return ChangedTexts.named(workers);
  }
}
