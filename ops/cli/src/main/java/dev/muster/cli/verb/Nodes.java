package dev.muster.cli.verb;

import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listings;
import dev.muster.host.refusal.Exit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "nodes", description = "Nodes: list, drain, uncordon.")
final class Nodes extends Noun {
  Nodes(Context context) {
    super(context);
  }

  @Command(description = "Every node, its headroom against its limits, and why it is closed.")
  int list(
      @Option(
              names = "--filter",
              paramLabel = "EXPR",
              description = "As the API takes it, such as 'status:DOWN' or 'open:false'.")
          @Nullable String filter) {
    return withNode(link -> {
      Listings.nodes()
          .print(
              terminal(),
              context.output(),
              link.api().system().nodes(filter),
              filter == null ? "No node has reported." : "No such node.");
      return Exit.OK;
    });
  }

  @Command(description = "Let a node take no more work; what runs there may end.")
  int drain(@Parameters(paramLabel = "NODE", description = "Its name.") String node) {
    return withNode(link -> {
      link.api().system().drain(node, true);
      terminal()
          .say(
              "%s takes no more work. Give it back with: `muster nodes uncordon %s`"
                  .formatted(node, Text.quoted(node)));
      return Exit.OK;
    });
  }

  @Command(description = "Let a drained node take work again.")
  int uncordon(@Parameters(paramLabel = "NODE", description = "Its name.") String node) {
    return withNode(link -> {
      link.api().system().drain(node, false);
      terminal().say(node + " takes work again.");
      return Exit.OK;
    });
  }
}
