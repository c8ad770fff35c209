package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.follow.Questions;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.ApprovalWords;
import dev.muster.cli.view.Listing;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.view.Approval;
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
      names = "--kind",
      paramLabel = "KIND",
      description = "With --all: only of this kind, counted first and decided at once.")
  @Nullable String kind;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = "With --all: only what fits, as approvals list has it.")
  @Nullable String filter;

  @Option(names = "--dry-run", description = "With --all: only count what it would decide.")
  boolean dryRun;

  @Option(
      names = "--digest",
      paramLabel = "SHA",
      description = "What was seen; refused when the operation is another.")
  @Nullable String digest;

  @Option(names = "--full", description = "Show all at once, however long it is.")
  boolean full;

  Approve(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (all != ids.isEmpty()) {
      throw new Refusal(
          Exit.USAGE, "expected either approval ids or --all", "see: `muster approvals list`");
    }
    if (!all && (kind != null || filter != null || dryRun)) {
      throw new Refusal(Exit.USAGE, "--kind, --filter and --dry-run go with --all", null);
    }
    if (filter != null && filter.isBlank()) {
      throw new Refusal(
          Exit.USAGE, "--filter is empty, which would be everything", "for all: leave it out");
    }
    if (digest != null && ids.size() != 1) {
      throw new Refusal(Exit.USAGE, "--digest goes with exactly one id", null);
    }
    if (digest == null && !context.yes() && !dryRun && !terminal().interactive()) {
      throw new Refusal(
          Exit.USAGE,
          "there is no terminal to ask on",
          "give --yes, or --digest SHA with what you have seen");
    }
    if (kind == null && filter == null && !dryRun) return withNode(this::decide);
    var many = (kind == null ? "" : "kind:" + kind + " ") + (filter == null ? "" : filter);
    return withNode(
        link -> new ApproveMany(context).decide(link, ofRun(link), many.strip(), dryRun));
  }

  private int decide(Link link) {
    var waiting = waiting(link);
    if (waiting.isEmpty()) {
      terminal().say("Nothing waits for a decision.");
      return Exit.OK;
    }
    var code = Exit.OK;
    for (var approval : waiting) {
      try {
        one(link, approval);
      } catch (Refusal refusal) {
        if (refusal.exitCode() != Exit.CONFLICT && refusal.exitCode() != Exit.UNDECIDED) {
          throw refusal;
        }
        terminal().error(refusal.words()); // the others may still be open
        code = refusal.exitCode();
      }
    }
    if (link.hosted() != null && code == Exit.OK) {
      terminal().say("No node is running; carry on with: `muster resume`");
    }
    return code;
  }

  private void one(Link link, Approval approval) {
    var seen = digest;
    if (seen == null && !context.yes()) {
      new Questions(terminal(), context.pace()).present(link.api(), approval, full);
      return;
    }
    var words =
        seen == null
            ? ApprovalWords.lines(approval, context.pace().now(), terminal())
            : List.<String>of();
    words.forEach(terminal()::say);
    var after = link.api().approve(approval.id(), seen == null ? approval.digest() : seen);
    Listing.printOne(
        terminal(),
        context.output(),
        after,
        approval.id(),
        () -> terminal().data(approval.id() + " " + after.view().state()));
    var voted = ApprovalWords.voted(after.view());
    if (!voted.isEmpty()) terminal().say(voted);
  }

  private List<Approval> waiting(Link link) {
    var references = new References(link.api());
    if (!all) {
      return ids.stream().map(references::approval).map(Fetched::view).toList();
    }
    var found =
        link.api()
            .approvals("PENDING", ofRun(link))
            .map(Fetched::view)
            .filter(it -> !Enquiries.needsWords(it.kind()) || terminal().interactive())
            .toList();
    terminal().detail(Text.count(found.size(), "approval"));
    return found;
  }

  private @Nullable String ofRun(Link link) {
    var typed = run;
    return typed == null ? null : new References(link.api()).run(typed).view().id();
  }
}
