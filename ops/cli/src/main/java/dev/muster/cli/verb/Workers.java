package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.client.WorkerView;
import dev.muster.cli.follow.LogFollower;
import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.Listings;
import dev.muster.cli.view.ScopeWords;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "workers", description = "Workers of a run: list, show, log, events.")
final class Workers extends Noun {
  private static final String WORKER = "RUN/WORKER_014, or WORKER_014 of --run.";

  Workers(Context context) {
    super(context);
  }

  @Command(description = "The workers of a run.")
  int list(
      @Parameters(
              arity = "0..1",
              paramLabel = "RUN",
              defaultValue = "last",
              description = "The run.")
          String run,
      @Option(names = "--filter", paramLabel = "EXPR", description = "Only these.")
          @Nullable String filter) {
    return withNode(link -> {
      var of = new References(link.api()).run(run).view();
      var workers = link.api().workers(of.id(), filter);
      Listings.workers().print(terminal(), context.output(), workers, "No such worker.");
      ScopeWords.say(terminal(), of);
      return Exit.OK;
    });
  }

  @Command(description = "One worker.")
  int show(
      @Parameters(paramLabel = "WORKER", description = WORKER) String worker,
      @Option(names = "--run", paramLabel = "RUN", defaultValue = "last") String run) {
    return withNode(link -> {
      var ref = new References(link.api()).worker(worker, run);
      var found = link.api().worker(ref.run(), ref.worker());
      Listing.printOne(
          terminal(),
          context.output(),
          found,
          found.view().id(),
          () -> words(terminal(), ref.run(), found.view()));
      return Exit.OK;
    });
  }

  private static void words(Terminal terminal, String run, WorkerView worker) {
    terminal.data(run + "/" + worker.id() + "  " + orEmpty(worker.title()));
    terminal.data("  state    " + worker.verdict() + ", try " + worker.attempt());
    if (worker.detail() != null) {
      terminal.data("  because  " + orEmpty(worker.detail()));
    }
    terminal.data("  wave     " + worker.wave());
    if (!worker.dependencies().isEmpty()) {
      terminal.data("  after    " + String.join(", ", worker.dependencies()));
    }
    if (worker.startedAt() != null) {
      terminal.data(
          "  started  " + Text.time(worker.startedAt()) + " on " + orEmpty(worker.node()));
    }
    if (worker.settledAt() != null) {
      terminal.data("  settled  " + Text.time(worker.settledAt()));
    }
    terminal.data("  log      muster workers log " + run + "/" + worker.id());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : Text.line(text);
  }

  @Command(description = "What its commands and tests printed.")
  int log(
      @Parameters(paramLabel = "WORKER", description = WORKER) String worker,
      @Option(names = "--run", paramLabel = "RUN", defaultValue = "last") String run,
      @Option(
              names = {"-f", "--follow"},
              description = "Go on with what it prints, until it has settled.")
          boolean follow) {
    UnaryOperator<String> safe =
        context.caller().terminals().out() ? Text::block : UnaryOperator.identity();
    return withNode(link -> {
      var ref = new References(link.api()).worker(worker, run);
      if (follow) {
        new LogFollower(link, terminal(), context.pace(), context.until(), safe).follow(ref);
        return Exit.OK;
      }
      var shown = safe.apply(link.api().workerLog(ref.run(), ref.worker()));
      terminal().raw(shown);
      if (!shown.isEmpty() && !shown.endsWith("\n")) {
        terminal().raw("\n");
      }
      return Exit.OK;
    });
  }

  @Command(description = "Its part of the journal.")
  int events(
      @Parameters(paramLabel = "WORKER", description = WORKER) String worker,
      @Option(names = "--run", paramLabel = "RUN", defaultValue = "last") String run) {
    return withNode(link -> {
      var ref = new References(link.api()).worker(worker, run);
      var journal = new Runs.Journal(terminal(), context.output());
      link.api().workerEvents(ref.run(), ref.worker(), journal::line);
      journal.end();
      return Exit.OK;
    });
  }
}
