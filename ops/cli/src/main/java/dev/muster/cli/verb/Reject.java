package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.view.Listing;
import dev.muster.host.refusal.Exit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reject",
    description = "Refuse operations that wait for a decision; their workers fail.")
final class Reject extends Verb {
  @Parameters(paramLabel = "ID", arity = "1..*", description = "Approvals; see approvals list.")
  List<String> ids = List.of();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; the worker is told.")
  String reason = "";

  Reject(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    return withNode(link -> {
      var references = new References(link.api());
      for (var id : ids) {
        var after = link.api().reject(references.approval(id).view().id(), reason);
        var view = after.view();
        Listing.printOne(
            terminal(),
            context.output(),
            after,
            view.id(),
            () -> terminal().data(view.id() + " " + view.state()));
      }
      return Exit.OK;
    });
  }
}
