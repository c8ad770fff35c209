package dev.muster.cli.verb;

import static java.util.stream.Collectors.toSet;

import dev.muster.cli.client.Json;
import dev.muster.cli.client.References;
import dev.muster.cli.follow.JournalFollower;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.CommonsWords;
import dev.muster.cli.view.Listings;
import dev.muster.cli.view.ScopeWords;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "runs",
    description = "Runs: list, show, tag, events, room, state, cassette, delete, prune.")
final class Runs extends Noun {
  /// Older ones say it by their state alone.
  private static final int LACKS_MAX = 20;

  private static final int DISKS_MAX = 100;

  Runs(Context context) {
    super(context);
  }

  @Command(description = "Runs, the newest first; all of them unless told otherwise.")
  int list(
      @Option(
              names = "--state",
              paramLabel = "STATE",
              split = ",",
              description = "Only these: running, held, paused, completed, failed, ...")
          @Nullable List<String> states,
      @Option(
              names = "--since",
              paramLabel = "WHEN",
              description = "Begun then or later: 2h (ago), 2026-01-31, or a time (UTC).")
          @Nullable String since,
      @Option(names = "--until", paramLabel = "WHEN", description = "Begun before.")
          @Nullable String until,
      @Option(
              names = "--tag",
              paramLabel = "TAG",
              description = "Only those that have it; several times: all of them.")
          @Nullable List<String> tags,
      @Option(
              names = "--filter",
              paramLabel = "EXPR",
              description = "As the API takes it, such as 'workforce:audit durationSeconds>60'.")
          @Nullable String filter) {
    var terms = new ArrayList<String>();
    var now = context.pace().now();
    if (states != null) terms.add("state:" + String.join(",", states));
    if (since != null) terms.add("startedAt>=" + When.parse("--since", since, now, false));
    if (until != null) terms.add("startedAt<" + When.parse("--until", until, now, true));
    if (tags != null) tags.forEach(tag -> terms.add("tag:" + tag));
    if (filter != null) terms.add(filter);
    return withNode(link -> {
      var runs = link.api().runs(String.join(" ", terms)).toList();
      Listings.runs(link.hosted() == null, disk(link, runs))
          .print(
              terminal(),
              context.output(),
              runs,
              terms.isEmpty() ? "There is no run yet." : "No such run.");
      runs.stream()
          .limit(LACKS_MAX)
          .forEach(run ->
              ScopeWords.lacks(run.view())
                  .forEach(lack -> terminal().say(run.view().id() + " " + lack)));
      return Exit.OK;
    });
  }

  /// Each costs its node a look at all its files, so only the newest are asked about.
  private static Function<RunView, String> disk(Link link, List<Fetched<RunView>> runs) {
    var asked = runs.stream().limit(DISKS_MAX).map(run -> run.view().id()).collect(toSet());
    return run -> asked.contains(run.id()) ? disk(link, run) : "not asked";
  }

  /// A node of an earlier version does not know.
  private static String disk(Link link, RunView run) {
    try {
      return Text.bytes(link.api().files().disk(run.id()).path("bytes").asLong());
    } catch (Refusal refusal) {
      if (refusal.exitCode() == Exit.NOT_FOUND) return "?";
      throw refusal;
    }
  }

  @Command(description = "One run: its waves, what holds it, what failed.")
  int show(
      @Parameters(paramLabel = "RUN", description = "Id, its beginning, or last.") String run) {
    return withNode(link -> {
      new Ending(context, link, Duration.ZERO).print(new References(link.api()).run(run));
      return Exit.OK;
    });
  }

  @Command(
      preprocessor = TagSigns.class,
      description = "Give a run tags to find it by, or take some away; also one that has ended.",
      footer = {"", "+a or a adds, -a or --remove a takes away; of one letter, --remove only."})
  int tag(
      @Parameters(paramLabel = "RUN", description = "Id, its beginning, or last.") String run,
      @Parameters(
              index = "1..*",
              paramLabel = "+TAG|-TAG",
              description = "A word, or key=value such as team=red.")
          @Nullable List<String> add,
      @Option(names = "--remove", paramLabel = "TAG", description = "Take it away.")
          @Nullable List<String> remove) {
    if (add == null && remove == null) {
      throw new Refusal(
          Exit.USAGE, "expected tags to add or take away", "`muster runs tag last +keep -nightly`");
    }
    return withNode(link -> {
      var id = new References(link.api()).run(run).view().id();
      var added = add == null ? List.<String>of() : add;
      var now = link.api().tag(id, added, remove == null ? List.of() : remove);
      switch (context.output()) {
        case JSON -> terminal().data(Json.pretty(now.raw()));
        case JSONL -> terminal().data(Json.line(now.raw()));
        case NAME -> terminal().data(id);
        case TABLE, WIDE -> {
          var tags = now.view().settings().tags();
          terminal().data(id + ": " + (tags.isEmpty() ? "no tags" : String.join(" ", tags)));
        }
      }
      return Exit.OK;
    });
  }

  @Command(description = "Delete runs that have ended: journal, logs, workspaces; not results.")
  int delete(
      @Parameters(paramLabel = "RUN", arity = "1..*", description = "Id, its beginning, or last.")
          List<String> runs) {
    return withNode(link -> {
      var references = new References(link.api());
      var found = runs.stream().map(run -> references.run(run).view()).distinct().toList();
      return new DeletedRuns(context).delete(link, found);
    });
  }

  @Command(
      aliases = "purge",
      description = "Delete the runs that ended long ago, or all but the newest.")
  int prune(
      @Option(
              names = "--older-than",
              paramLabel = "D",
              description = "Only those that ended longer ago than this, such as 30d.")
          @Nullable Duration olderThan,
      @Option(names = "--keep", paramLabel = "N", description = "Never the newest so many runs.")
          @Nullable Integer keep,
      @Option(names = "--dry-run", description = "Only say which.") boolean dryRun) {
    if ((olderThan == null && keep == null) || (keep != null && keep < 0)) {
      throw new Refusal(
          Exit.USAGE,
          "expected --older-than D, --keep N (0 or more), or both",
          "`muster runs prune --older-than 30d --keep 20 --dry-run`");
    }
    return withNode(link -> {
      var deleted = new DeletedRuns(context);
      var all = DeletedRuns.views(link.api().runs().toList());
      var old = DeletedRuns.old(all, keep == null ? 0 : keep, olderThan, context.pace().now());
      if (old.isEmpty()) terminal().say("No run to delete.");
      if (!dryRun) return deleted.delete(link, old);
      old.forEach(run -> deleted.say(run, "would be deleted"));
      return Exit.OK;
    });
  }

  @Command(description = "The journal of a run in order; -o jsonl: one event a line.")
  int events(
      @Parameters(paramLabel = "RUN", description = "Id, its beginning, or last.") String run,
      @Option(
              names = {"-f", "--follow"},
              description = "Go on with what happens, until the run has ended.")
          boolean follow) {
    return withNode(link -> {
      var id = new References(link.api()).run(run).view().id();
      var journal = new EventLines(terminal(), context.output());
      if (follow) {
        new JournalFollower(link, terminal(), context.pace(), context.until(), journal::line)
            .follow(id);
      } else {
        link.api().runEvents(id, 0, journal::line);
      }
      journal.end();
      return Exit.OK;
    });
  }

  @Command(
      description = "What models answered in a run, for `muster run --replay`.",
      footer = {"", "One JSON object a line, whatever -o says."})
  int cassette(
      @Parameters(paramLabel = "RUN", description = "Id, its beginning, or last.") String run) {
    return withNode(link -> {
      var id = new References(link.api()).run(run).view().id();
      link.api().talk().cassette(id, terminal()::data);
      return Exit.OK;
    });
  }

  @Command(description = "What its workers said in the rooms of their waves.")
  int room(
      @Parameters(paramLabel = "RUN", description = "Id, its beginning, or last.") String run,
      @Option(names = "--wave", paramLabel = "N", description = "Only the room of this wave.")
          @Nullable Integer wave) {
    return withNode(link -> {
      var id = new References(link.api()).run(run).view().id();
      var messages = link.api().talk().room(id, wave).toList();
      new CommonsWords(terminal(), context.output()).room(messages);
      return Exit.OK;
    });
  }

  @Command(description = "The values that its workers share.")
  int state(
      @Parameters(paramLabel = "RUN", description = "Id, its beginning, or last.") String run) {
    return withNode(link -> {
      var id = new References(link.api()).run(run).view().id();
      new CommonsWords(terminal(), context.output()).state(link.api().talk().state(id).toList());
      return Exit.OK;
    });
  }
}
