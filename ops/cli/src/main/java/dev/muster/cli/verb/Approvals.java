package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.ApprovalWords;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.Listings;
import dev.muster.cli.view.NextSteps;
import dev.muster.cli.view.PreviewWords;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.Approval;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "approvals",
    description = "What waits for a decision: list, show, extend, reopen, bypass.")
final class Approvals extends Noun {
  Approvals(Context context) {
    super(context);
  }

  @Command(description = "What waits for a decision, or with --state what was decided.")
  int list(
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description =
                  "pending (unless --filter names a state), approved, auto_approved, rejected,"
                      + " expired, closed or all.")
          @Nullable String state,
      @Option(names = "--run", paramLabel = "RUN", description = "Only of this run.")
          @Nullable String run,
      @Option(
              names = "--filter",
              paramLabel = "EXPR",
              defaultValue = "",
              description = "Only these, such as 'kind:file_delete risk:ADMIN wave>=2 word'.")
          String filter) {
    return withNode(link -> {
      var ofRun = run == null ? null : new References(link.api()).run(run).view().id();
      var named = state != null ? state : filter.contains("state:") ? "all" : "pending";
      var wanted =
          named.equalsIgnoreCase("all") ? null : named.toUpperCase(Locale.ROOT).replace('-', '_');
      Listings.approvals(context.pace().now())
          .print(
              terminal(),
              context.output(),
              link.api().approvals(wanted, ofRun, filter),
              "PENDING".equals(wanted) && filter.isEmpty()
                  ? "Nothing waits for a decision."
                  : "No such approval.");
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
            PreviewWords.of(link.api(), approval, terminal()).forEach(terminal()::data);
            terminal().data("  check      " + ApprovalWords.check(approval));
            var takes = takes(link, approval);
            if (!takes.isEmpty()) {
              terminal().data("  takes      " + Text.line(takes + approvedBy(approval)));
            }
            terminal().data("  asked at   " + Text.time(approval.requestedAt()));
            NextSteps.decide(approval).forEach(terminal()::say);
          });
      return Exit.OK;
    });
  }

  @Command(description = "Give more time to decide.")
  int extend(
      @Parameters(paramLabel = "ID", description = "Id or its beginning.") String id,
      @Option(
              names = "--by",
              paramLabel = "D",
              defaultValue = "1h",
              description = "How much more, up to 7d from now (default: 1h).")
          Duration by) {
    return withNode(link -> {
      var approval = new References(link.api()).approval(id).view().id();
      var after = link.api().deciding().extend(approval, minutes("--by", by));
      Listing.printOne(
          terminal(),
          context.output(),
          after,
          approval,
          () -> terminal().data(approval + " until " + Text.time(after.view().deadline())));
      return Exit.OK;
    });
  }

  @Command(description = "Ask anew about what nobody answered in time: its worker tries again.")
  int reopen(@Parameters(paramLabel = "ID", description = "Id or its beginning.") String id) {
    return withNode(link -> {
      var approval = new References(link.api()).approval(id).view();
      var run = link.api().deciding().reopen(approval.id());
      terminal()
          .data("%s of %s tries again".formatted(Text.line(approval.worker()), run.view().id()));
      return Exit.OK;
    });
  }

  @Command(
      description = "Let a kind of operation pass for a while; without --kind: what is let pass.",
      footer = {
        "",
        "It answers only what was never asked before: never what was refused, has",
        "expired or failed, may have run, or has changed."
      })
  int bypass(
      @Parameters(paramLabel = "RUN", description = "Id, its beginning, or last.") String run,
      @Option(names = "--kind", paramLabel = "KIND", description = "Such as file_write.")
          @Nullable String kind,
      @Option(
              names = "--for",
              paramLabel = "D",
              defaultValue = "1h",
              description = "How long, 8h at most (default: 1h).")
          Duration span,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
          @Nullable String reason,
      @Option(names = "--revoke", description = "Let it pass no longer.") boolean revoke) {
    if (kind == null && (revoke || reason != null)) {
      throw new Refusal(Exit.USAGE, "expected --kind KIND with --revoke and --reason", null);
    }
    if (kind != null && !revoke && reason == null) {
      throw new Refusal(Exit.USAGE, "expected --reason TEXT: why this kind may pass", null);
    }
    return withNode(link -> {
      var id = new References(link.api()).run(run).view().id();
      var deciding = link.api().deciding();
      if (kind != null && revoke) deciding.revoke(id, kind);
      if (kind != null && reason != null) deciding.pass(id, kind, minutes("--for", span), reason);
      Listings.bypasses()
          .print(terminal(), context.output(), deciding.bypasses(id), "Nothing is let pass.");
      return Exit.OK;
    });
  }

  /// A node of an earlier version does not know.
  private static String takes(Link link, Approval approval) {
    try {
      return link.api().deciding().policyOf(approval.id()).words();
    } catch (Refusal refusal) {
      if (refusal.exitCode() == Exit.NOT_FOUND) return "";
      throw refusal;
    }
  }

  private static String approvedBy(Approval approval) {
    var by = approval.votes().stream().map(Approval.Vote::by).toList();
    return by.isEmpty() ? "; nobody has approved yet" : "; so far " + String.join(", ", by);
  }

  private static long minutes(String flag, Duration span) {
    if (span.toMinutes() >= 1) return span.toMinutes();
    throw new Refusal(Exit.USAGE, flag + ": expected a minute or more", null);
  }
}
