package dev.muster.cli.verb;

import dev.muster.cli.client.ApprovalView;
import dev.muster.cli.client.Fetched;
import dev.muster.cli.client.References;
import dev.muster.cli.follow.Questions;
import dev.muster.cli.node.Link;
import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Refusal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.ApprovalWords;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = "Let operations run that wait for a decision.",
    footer = {
      "",
      "Shows what would happen and asks. A script says --yes, or --digest with what it has seen."
    })
final class Approve extends Verb {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "Approvals; see approvals list.")
  List<String> ids = List.of();

  @Option(names = "--all", description = "Everything that waits.")
  boolean all;

  @Option(names = "--run", paramLabel = "RUN", description = "With --all: only of this run.")
  @Nullable String run;

  @Option(
      names = "--digest",
      paramLabel = "SHA",
      description = "What was seen; refused when the operation is another.")
  @Nullable String digest;

  Approve(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (all != ids.isEmpty()) {
      throw new Refusal(
          Exit.USAGE, "expected either approval ids or --all", "see: muster approvals list");
    }
    if (digest != null && ids.size() != 1) {
      throw new Refusal(Exit.USAGE, "--digest goes with exactly one id", null);
    }
    if (digest == null && !context.yes() && !terminal().interactive()) {
      throw new Refusal(
          Exit.USAGE,
          "there is no terminal to ask on",
          "give --yes, or --digest SHA with what you have seen");
    }
    return withNode(this::decide);
  }

  private int decide(Link link) {
    var waiting = waiting(link);
    if (waiting.isEmpty()) {
      terminal().say("Nothing waits for a decision.");
      return Exit.OK;
    }
    var questions = new Questions(terminal(), context.pace());
    var approved = 0;
    for (var approval : waiting) {
      var seen = digest;
      if (seen == null) {
        ApprovalWords.lines(approval, context.pace().now(), terminal()).forEach(terminal()::show);
      }
      if (seen != null || context.yes()) {
        var after = link.api().approve(approval.id(), seen == null ? approval.digest() : seen);
        terminal().data(after.view().id() + " " + after.view().state());
        approved++;
      } else if (questions.ask(link.api(), approval)) {
        approved++;
      }
    }
    if (link.hosted() != null && approved > 0) {
      terminal().say("No node is running; carry on with: muster resume");
    }
    return Exit.OK;
  }

  private List<ApprovalView> waiting(Link link) {
    var references = new References(link.api());
    if (!all) {
      return ids.stream().map(references::approval).map(Fetched::view).toList();
    }
    var typed = run;
    var ofRun = typed == null ? null : references.run(typed).view().id();
    var found = link.api().approvals("PENDING", ofRun).stream().map(Fetched::view).toList();
    terminal().detail(Text.count(found.size(), "approval"));
    return found;
  }
}
