package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.ApprovalWords;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.Listings;
import dev.muster.host.refusal.Exit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "approvals", description = "Operations that wait for a decision: list, show.")
final class Approvals extends Noun {
  Approvals(Context context) {
    super(context);
  }

  @Command(description = "What waits for a decision, or with --state what was decided.")
  int list(
      @Option(
              names = "--state",
              defaultValue = "pending",
              paramLabel = "STATE",
              description = "pending, approved, auto_approved, rejected, expired, closed or all.")
          String state,
      @Option(names = "--run", paramLabel = "RUN", description = "Only of this run.")
          @Nullable String run) {
    return withNode(link -> {
      var ofRun = run == null ? null : new References(link.api()).run(run).view().id();
      var wanted =
          state.equalsIgnoreCase("all") ? null : state.toUpperCase(Locale.ROOT).replace('-', '_');
      Listings.approvals(context.pace().now())
          .print(
              terminal(),
              context.output(),
              link.api().approvals(wanted, ofRun),
              "Nothing waits for a decision.");
      return Exit.OK;
    });
  }

  @Command(description = "One approval: what would happen, exactly.")
  int show(@Parameters(paramLabel = "ID", description = "Id or its beginning.") String id) {
    return withNode(link -> {
      var found = new References(link.api()).approval(id);
      var approval = found.view();
      Listing.printOne(
          terminal(),
          context.output(),
          found,
          approval.id(),
          () -> {
            ApprovalWords.lines(approval, context.pace().now(), terminal())
                .forEach(terminal()::data);
            var check = approval.check();
            terminal().data("  check      " + (check == null ? "none" : Text.line(check)));
            terminal().data("  asked at   " + Text.time(approval.requestedAt()));
          });
      return Exit.OK;
    });
  }
}
