package dev.muster.cli.verb;

import dev.muster.cli.terminal.Exit;
import dev.muster.cli.view.Listings;
import picocli.CommandLine.Command;

@Command(name = "nodes", description = "Nodes: list.")
final class Nodes extends Noun {
  Nodes(Context context) {
    super(context);
  }

  @Command(description = "Every node, its headroom against its limits, and why it is closed.")
  int list() {
    return withNode(link -> {
      Listings.nodes()
          .print(terminal(), context.output(), link.api().nodes(), "No node has reported.");
      return Exit.OK;
    });
  }
}
