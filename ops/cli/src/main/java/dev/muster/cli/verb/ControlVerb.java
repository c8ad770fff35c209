package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.RunWords;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `pause`, `cancel` and `retry` share: they change one run, or some of its workers.
abstract class ControlVerb extends Verb {
  @Parameters(paramLabel = "RUN", arity = "0..1", description = "Id, its beginning, or last.")
  @Nullable String run;

  @Option(
      names = "--worker",
      paramLabel = "ID",
      arity = "1..*",
      description = "Only these workers.")
  List<String> workers = List.of();

  ControlVerb(Context context) {
    super(context);
  }

  /// As the API calls it.
  abstract String action();

  /// Which runs it can mean when none is named.
  abstract boolean applies(RunView run);

  /// False when the operator thinks better of it, and has been told that nothing was done.
  boolean agreed(RunView found) {
    return true;
  }

  @Override
  public Integer call() {
    refuseWorker(run);
    return withNode(this::act);
  }

  /// Elsewhere a worker is named so.
  private void refuseWorker(@Nullable String typed) {
    var slash = typed == null ? -1 : typed.lastIndexOf('/');
    if (typed == null || (slash < 0 && !typed.startsWith("WORKER_"))) return;
    throw new Refusal(
        Exit.USAGE,
        "expected a run, found the worker " + typed,
        "name both: `muster "
            + action()
            + " "
            + (slash < 0 ? "last" : Text.quoted(typed.substring(0, slash)))
            + " --worker "
            + Text.quoted(typed.substring(slash + 1))
            + "`");
  }

  private int act(Link link) {
    var typed = run;
    var found = typed == null ? only(link).view() : new References(link.api()).run(typed).view();
    if (!agreed(found)) return Exit.OK;
    var after = carryOut(link, found);
    Listing.printOne(
        terminal(),
        context.output(),
        after,
        after.view().id(),
        () ->
            terminal()
                .data(
                    after.view().id()
                        + ": "
                        + after.view().state()
                        + ", "
                        + RunWords.workers(after.view())));
    if (link.hosted() != null && !after.view().state().finished()) {
      terminal()
          .say("No node is running; carry on with: `muster resume " + after.view().id() + "`");
    }
    return Exit.OK;
  }

  Fetched<RunView> carryOut(Link link, RunView found) {
    return link.api().control(found.id(), action(), workers);
  }

  private Fetched<RunView> only(Link link) {
    var open = link.api().runs().filter(found -> applies(found.view())).toList();
    if (open.size() == 1) {
      return open.getFirst();
    }
    throw new Refusal(
        open.isEmpty() ? Exit.NOT_FOUND : Exit.USAGE,
        open.isEmpty()
            ? "there is no run to " + action()
            : "expected one run to " + action() + ", found " + open.size(),
        "name it: `muster " + action() + " RUN` (see: `muster runs list`)");
  }
}
