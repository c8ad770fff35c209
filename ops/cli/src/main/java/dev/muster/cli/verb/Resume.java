package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.SettingsReader.Loaded;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.RunView;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = "Carry on: one run, or every run that crashed or was held.",
    footer = {
      "",
      "Without RUN, paused runs stay paused. With --worker it ends once those have settled, and"
          + " does",
      "not wait for the rest. Exit codes are those of `run`; nothing to do is 0."
    })
final class Resume extends Verb {
  /// A held worker has yet to hear what was decided while no node was there to tell it.
  private static final Duration HELD_STABLE = Duration.ofSeconds(4);

  @Parameters(paramLabel = "RUN", arity = "0..1", description = "Id, its beginning, or last.")
  @Nullable String run;

  @Option(
      names = "--worker",
      paramLabel = "ID",
      arity = "1..*",
      description = "Only these paused workers.")
  List<String> workers = List.of();

  @Option(
      names = "--detach",
      description = "Leave it to a node that stays; one is started if there is none.")
  boolean detach;

  @Option(names = "--port", paramLabel = "N", description = "Port of a node started here.")
  @Nullable String port;

  Resume(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    Map<Setting, String> flags = port == null ? Map.of() : Map.of(Setting.PORT, port);
    var loaded = context.settings(flags);
    var typed = run;
    return typed == null ? all(loaded) : one(loaded, typed);
  }

  private int one(Loaded loaded, String typed) {
    if (detach) {
      return detached(loaded, typed);
    }
    try (var link = context.link(Need.HOST, loaded, true)) {
      var found = new References(link.api()).run(typed).view();
      if (found.state().finished()) {
        terminal().say(found.id() + " has ended: " + found.state() + ". Nothing to resume.");
        return Exit.OK;
      }
      ChangedTexts.tell(terminal(), link, found.id(), workers);
      if (found.state() == RunPhase.PAUSED || !workers.isEmpty() || link.hosted() != null) {
        link.api().control(found.id(), "resume", workers);
      }
      var ending = new Ending(context, link, HELD_STABLE);
      return workers.isEmpty()
          ? ending.follow(List.of(found.id()))
          : ending.follow(found.id(), workers);
    }
  }

  /// @param typed null for every run that is not paused: the node carries those on by itself
  private int detached(Loaded loaded, @Nullable String typed) {
    var detached = new Detached(context, loaded);
    try (var link = detached.link()) {
      var runs = typed == null ? unfinished(link) : List.of(goOn(link, typed));
      if (runs.isEmpty()) {
        terminal().say("Nothing to resume.");
      }
      for (var id : runs) {
        terminal().data(id);
        detached.farewell(link, id);
      }
      return Exit.OK;
    }
  }

  private String goOn(Link link, String typed) {
    var found = new References(link.api()).run(typed).view();
    if (!found.state().finished()) {
      link.api().control(found.id(), "resume", workers);
    }
    return found.id();
  }

  private int all(Loaded loaded) {
    var settings = loaded.settings();
    if (settings.server() == null) context.door(loaded).check();
    if (settings.server() == null && !Files.isDirectory(settings.data())) {
      terminal().say("Nothing to resume: there is no data folder " + settings.data());
      return Exit.OK;
    }
    if (detach) {
      return detached(loaded, null);
    }
    try (var link = context.link(Need.HOST_AND_RESUME, loaded, true)) {
      var unfinished = unfinished(link);
      if (unfinished.isEmpty()) {
        terminal().say("Nothing to resume.");
        return Exit.OK;
      }
      terminal().say("Carrying on with " + String.join(", ", unfinished));
      return new Ending(context, link, HELD_STABLE).follow(unfinished);
    }
  }

  private List<String> unfinished(Link link) {
    var open = link.api().openRuns().stream().map(Fetched::view).toList();
    open.stream()
        .filter(found -> found.state() == RunPhase.PAUSED)
        .forEach(found ->
            terminal()
                .say(found.id() + " is paused; go on with: `muster resume " + found.id() + "`"));
    return open.stream()
        .filter(found -> found.state() != RunPhase.PAUSED)
        .map(RunView::id)
        .toList();
  }
}
