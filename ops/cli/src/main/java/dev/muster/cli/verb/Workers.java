package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.follow.LogFollower;
import dev.muster.cli.follow.LogText;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.CommonsWords;
import dev.muster.cli.view.ConversationWords;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.Listings;
import dev.muster.cli.view.ModelListings;
import dev.muster.cli.view.ScopeWords;
import dev.muster.cli.view.WorkerTree;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.view.ConversationStep;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.WorkerPhase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "workers", description = "Workers of a run: list, show, log, notes, events.")
final class Workers extends Noun {
  private static final int LINES_MAX = 100_000;
  private static final int DIGEST_COLUMNS = 13;
  private static final String OF_RUN = "The run, when WORKER does not name it (last).";
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
      @Option(
              names = "--filter",
              paramLabel = "EXPR",
              description = "Only these, such as 'state:FAILED,BLOCKED wave>=2 word'.")
          @Nullable String filter,
      @Option(names = "--tree", description = "Each sub-worker below whoever asked for it.")
          boolean tree) {
    return withNode(link -> {
      var of = new References(link.api()).run(run).view();
      var found = link.api().workers(of.id(), filter).toList();
      var workers = tree ? WorkerTree.ordered(found) : found;
      var listing = tree ? Listings.workersAsTree() : Listings.workers();
      listing.print(terminal(), context.output(), workers, "No such worker.");
      ScopeWords.say(terminal(), of);
      return Exit.OK;
    });
  }

  @Command(description = "One worker.")
  int show(
      @Parameters(paramLabel = "WORKER", description = WORKER) String worker,
      @Option(names = "--run", paramLabel = "RUN", defaultValue = "last", description = OF_RUN)
          String run,
      @Option(names = "--conversation", description = "What its agent and the model said.")
          boolean conversation,
      @Option(
              names = "--turn",
              paramLabel = "N",
              description = "Exactly what the model was asked for turn #N of that.")
          @Nullable Integer turn,
      @Option(
              names = "--against",
              paramLabel = "N|RUN",
              description = "With --turn: what is different from turn #N, or from that of a run.")
          @Nullable String against) {
    if (against != null && turn == null) {
      throw new Refusal(Exit.USAGE, "expected --turn N with --against", null);
    }
    return withNode(link -> {
      var ref = new References(link.api()).worker(worker, run);
      if (turn != null && against != null) return compared(link, ref, turn, against);
      if (turn != null) return asked(link, ref, turn);
      if (conversation) return conversation(link, ref);
      var found = link.api().worker(ref.run(), ref.worker());
      Listing.printOne(
          terminal(),
          context.output(),
          found,
          found.view().id(),
          () -> {
            words(terminal(), ref.run(), found);
            children(link, ref, found.view());
          });
      return Exit.OK;
    });
  }

  private int asked(Link link, References.WorkerRef ref, int turn) {
    var question = link.api().talk().asked(ref.run(), ref.worker(), turn);
    var words = new ConversationWords(terminal(), ref.run() + "/" + ref.worker());
    Listing.printOne(
        terminal(),
        context.output(),
        question,
        question.view().digest(),
        () -> words.print(question.view()));
    return Exit.OK;
  }

  private int compared(Link link, References.WorkerRef ref, int turn, String against) {
    var isTurn = against.matches("#?\\d{1,6}");
    var other = isTurn ? null : new References(link.api()).run(against).view().id();
    var step = isTurn ? Integer.valueOf(against.replace("#", "")) : null;
    var diff = link.api().talk().askedDiff(ref.run(), ref.worker(), turn, step, other);
    var words = new ConversationWords(terminal(), ref.run() + "/" + ref.worker());
    Listing.printOne(
        terminal(), context.output(), diff, diff.view().to(), () -> words.print(diff.view()));
    return Exit.OK;
  }

  private int conversation(Link link, References.WorkerRef ref) {
    var steps = link.api().talk().conversation(ref.run(), ref.worker()).toList();
    if (context.output() != OutputFormat.TABLE && context.output() != OutputFormat.WIDE) {
      new Listing<ConversationStep>(step -> Integer.toString(step.step()))
          .print(terminal(), context.output(), steps, "");
      return Exit.OK;
    }
    var found = link.api().worker(ref.run(), ref.worker());
    words(terminal(), ref.run(), found);
    if (steps.isEmpty()) terminal().say("No agent carried it out.");
    new ConversationWords(terminal(), ref.run() + "/" + ref.worker())
        .print(steps.stream().map(Fetched::view).toList());
    return Exit.OK;
  }

  /// Where it stands in its tree.
  private void children(Link link, References.WorkerRef ref, WorkerView worker) {
    if (worker.children().isEmpty()) return;
    for (var child : link.api().workers(ref.run(), "parent:" + worker.id()).toList()) {
      var it = child.view();
      terminal()
          .prose("  below    %s %s  %s".formatted(it.id(), it.verdict(), orEmpty(it.title())));
    }
  }

  private static void words(Terminal terminal, String run, Fetched<WorkerView> found) {
    var worker = found.view();
    // Who vouches for its verdict, and whether that holds.
    var signature = found.raw().at("/receipt/signature/words").asText("");
    terminal.prose(run + "/" + worker.id() + "  " + orEmpty(worker.title()));
    terminal.data("  state    " + worker.verdict() + ", try " + worker.attempt());
    if (worker.detail() != null) {
      terminal.prose("  because  " + orEmpty(worker.detail()));
    }
    terminal.data("  wave     " + worker.wave());
    if (worker.parent() != null) terminal.data("  asked by " + worker.parent());
    if (!worker.dependencies().isEmpty()) {
      terminal.prose("  after    " + String.join(", ", worker.dependencies()));
    }
    if (worker.startedAt() != null) {
      terminal.data(
          "  started  " + Text.time(worker.startedAt()) + " on " + orEmpty(worker.node()));
    }
    if (worker.settledAt() != null) {
      terminal.data("  settled  " + Text.time(worker.settledAt()));
    }
    var text = found.raw().path("instructionDigest").asText("");
    if (!text.isEmpty()) terminal.data("  text     " + Text.cut(Text.line(text), DIGEST_COLUMNS));
    var spent = ModelListings.spent(worker.models());
    if (spent != null) terminal.prose("  models   " + spent);
    if (!signature.isEmpty()) {
      terminal.prose("  receipt  " + orEmpty(signature));
    }
    terminal.prose("  log      `muster workers log " + run + "/" + worker.id() + "`");
    next(terminal, run, found);
    if (spent != null) {
      terminal.prose(
          "  said     `muster workers show " + run + "/" + worker.id() + " --conversation`");
    }
  }

  /// What an operator may want to do about it.
  private static void next(Terminal terminal, String run, Fetched<WorkerView> found) {
    var worker = found.view();
    for (var operation : found.raw().path("operations")) {
      if (worker.state() != WorkerPhase.AWAITING_APPROVAL || !operation.path("decidedAt").isNull())
        continue;
      terminal.prose(
          Enquiries.needsWords(operation.path("kind").asText())
              ? "  answer   `muster answer " + run + "/" + worker.id() + " TEXT`"
              : "  decide   `muster approve " + operation.path("approval").asText() + "`");
    }
    if (worker.state() == WorkerPhase.FAILED || worker.state() == WorkerPhase.CANCELLED) {
      terminal.prose("  again    `muster retry " + run + " --worker " + worker.id() + "`");
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : Text.line(text);
  }

  @Command(
      description = "What its commands and tests printed.",
      footer = {
        "",
        "On a terminal control characters are made visible and very long lines are cut;"
            + " elsewhere every byte goes out as it is."
      })
  int log(
      @Parameters(paramLabel = "WORKER", description = WORKER) String worker,
      @Option(names = "--run", paramLabel = "RUN", defaultValue = "last", description = OF_RUN)
          String run,
      @Option(names = "--attempt", paramLabel = "N", description = "The newest unless given.")
          @Nullable Integer attempt,
      @Option(
              names = {"-n", "--lines"},
              paramLabel = "N",
              defaultValue = "1000",
              description = "So many of the last (${DEFAULT-VALUE}).")
          int lines,
      @Option(names = "--full", description = "From the beginning, and long lines whole.")
          boolean full,
      @Option(names = "--raw", description = "Byte for byte, whatever that does to a terminal.")
          boolean raw,
      @Option(
              names = {"-f", "--follow"},
              description = "Go on with what it prints, until it has settled.")
          boolean follow) {
    if (lines < 1 || lines > LINES_MAX) {
      throw new Refusal(
          Exit.USAGE, "expected -n from 1 to " + LINES_MAX + ", found " + lines, "or use --full");
    }
    if (attempt != null && attempt < 1) {
      throw new Refusal(Exit.USAGE, "expected --attempt from 1, found " + attempt, null);
    }
    var isCut = context.caller().terminals().out() && !full;
    var manner = raw ? LogText.Manner.RAW : isCut ? LogText.Manner.SHORT : LogText.Manner.WHOLE;
    return withNode(link -> {
      var ref = new References(link.api()).worker(worker, run);
      var log =
          new LogFollower(
              link,
              terminal(),
              context.pace(),
              context.until(),
              new LogText(terminal(), manner),
              new LogFollower.Portion(attempt, full ? 0 : lines));
      if (follow) log.follow(ref);
      else log.print(ref);
      return Exit.OK;
    });
  }

  @Command(description = "What its agent keeps for itself.")
  int notes(
      @Parameters(paramLabel = "WORKER", description = WORKER) String worker,
      @Option(names = "--run", paramLabel = "RUN", defaultValue = "last", description = OF_RUN)
          String run) {
    return withNode(link -> {
      var ref = new References(link.api()).worker(worker, run);
      new CommonsWords(terminal(), context.output())
          .notes(link.api().talk().notes(ref.run(), ref.worker()).toList());
      return Exit.OK;
    });
  }

  @Command(description = "Its part of the journal.")
  int events(
      @Parameters(paramLabel = "WORKER", description = WORKER) String worker,
      @Option(names = "--run", paramLabel = "RUN", defaultValue = "last", description = OF_RUN)
          String run) {
    return withNode(link -> {
      var ref = new References(link.api()).worker(worker, run);
      var journal = new EventLines(terminal(), context.output());
      link.api().workerEvents(ref.run(), ref.worker(), journal::line);
      journal.end();
      return Exit.OK;
    });
  }
}
