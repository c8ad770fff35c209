package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.Settings;
import dev.muster.host.settings.SettingsReader.Loaded;
import dev.muster.orchestrator.engine.plan.WavePlans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = "Carry out a folder of instruction files and stay until it has ended.",
    footer = {
      "",
      "Exit code: 0 everything completed (or was rehearsed), 1 something failed, was cancelled or"
          + " left out, 6 nothing but that something is held, or was rejected or expired."
    })
final class Run extends Verb {
  private static final Duration HELD_STABLE = Duration.ofSeconds(1);

  enum Approve {
    NONE,
    LOW,
    ALL
  }

  @Parameters(paramLabel = "FOLDER", description = "The workforce.")
  String folder = "";

  @Option(
      names = "--waves",
      paramLabel = "FILE",
      description = "Wave plan, or a bundled one's name.")
  @Nullable String waves;

  @Option(
      names = "--only",
      paramLabel = "EXPR",
      description = "Only WORKER_001-020, wave=1, phase=2, tag=x, comma-separated.")
  @Nullable String only;

  @Option(names = "--target", paramLabel = "DIR", description = "What it works on (.).")
  @Nullable String target;

  @Option(
      names = "--upload",
      negatable = true,
      description = "Send FOLDER and --target, as to a --server elsewhere.")
  @Nullable Boolean upload;

  @Option(
      names = "--approve",
      paramLabel = "POLICY",
      description = "Answered without a person: none, low or all (none).")
  Approve approve = Approve.NONE;

  @Option(names = "--results", paramLabel = "DIR", description = "Results folder (out).")
  @Nullable String results;

  @Option(names = "--port", paramLabel = "N", description = "Port of a node started here.")
  @Nullable String port;

  @Option(names = "--rehearse", description = "Walk through everything, execute nothing.")
  boolean rehearse;

  @Option(
      names = "--detach",
      description = "Leave it to a node that stays; one is started if there is none.")
  boolean detach;

  @Option(
      names = "--since",
      paramLabel = "RUN",
      description = "Do only what that run did not complete, or what has changed.")
  @Nullable String since;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "A word or key=value to find the run by; repeatable.")
  List<String> tags = List.of();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Keep what models answer, once it has ended.")
  @Nullable String record;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Answer from such a file; no model is asked.")
  @Nullable String replay;

  @Option(names = "--strict", description = "Refuse what would be a warning.")
  boolean strict;

  @Option(
      names = "--allow-incomplete",
      description = "Leave out what cannot be used; the run ends INCOMPLETE, with exit code 1.")
  boolean allowIncomplete;

  Run(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var flags = new EnumMap<Setting, String>(Setting.class);
    if (results != null) {
      flags.put(Setting.RESULTS, results);
    }
    if (port != null) {
      flags.put(Setting.PORT, port);
    }
    var loaded = context.settings(flags);
    var order = order(loaded.settings());
    refuseContradictions();
    if (detach) {
      return detached(loaded, order);
    }
    try (var link = context.link(Need.HOST, loaded, true)) {
      resolveSince(link, order);
      send(link, order, loaded.settings());
      var run = link.api().createRun(order).view();
      greeting().of(run);
      var ending = new Ending(context, link, HELD_STABLE, () -> keep(link, run.id()));
      return ending.follow(List.of(run.id()));
    }
  }

  private void refuseContradictions() {
    if (record != null && replay != null) {
      throw new Refusal(
          Exit.USAGE, "expected --record or --replay, found both", "what is replayed is recorded");
    }
    if (record != null && (detach || rehearse)) {
      throw new Refusal(
          Exit.USAGE,
          "expected --record of a run that is followed to its end",
          "once it has ended: `muster runs cassette RUN > FILE`");
    }
  }

  /// What was answered is kept anyway; here it is only written down.
  private void keep(Link link, String run) {
    if (record == null) return;
    var file = context.path(record);
    try (var to = Files.newBufferedWriter(file)) {
      link.api()
          .talk()
          .cassette(
              run,
              line -> {
                try {
                  to.write(line + "\n");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      terminal().say("Recorded: " + file + "; play it with `--replay " + Text.quoted(record) + "`");
    } catch (IOException | UncheckedIOException e) {
      throw new Refusal(
          Exit.FAILED,
          "cannot write " + file + ": " + e.getMessage(),
          "`muster runs cassette " + run + " > FILE`",
          e);
    }
  }

  private int detached(Loaded loaded, ObjectNode order) {
    var detached = new Detached(context, loaded);
    try (var link = detached.link()) {
      resolveSince(link, order);
      send(link, order, loaded.settings());
      var run = link.api().createRun(order);
      greeting().of(run.view());
      Listing.printOne(
          terminal(),
          context.output(),
          run,
          run.view().id(),
          () -> terminal().data(run.view().id()));
      detached.farewell(link, run.view().id());
      return Exit.OK;
    }
  }

  private ObjectNode order(Settings settings) {
    var path = context.path(folder);
    var targetPath = context.path(target == null ? "." : target);
    if (settings.server() == null) requireFolders(path, targetPath);
    var order =
        Json.MAPPER
            .createObjectNode()
            .put("folder", path.toString())
            .put("target", targetPath.toString())
            .put("results", settings.results().toString())
            .put("approve", approve.name().toLowerCase(Locale.ROOT))
            .put("rehearse", rehearse)
            .put("strict", strict)
            .put("attemptsMax", settings.attemptsMax());
    if (allowIncomplete) order.put("allowIncomplete", true);
    if (waves != null) {
      var file = context.path(waves);
      var bundled = WavePlans.isBundled(waves);
      order.put("waves", bundled || !Files.isRegularFile(file) ? waves : file.toString());
    }
    if (only != null) order.put("only", only);
    if (!tags.isEmpty()) tags.forEach(order.putArray("tags")::add);
    if (replay != null) order.put("replay", context.path(replay).toString());
    return order;
  }

  private void requireFolders(Path path, Path targetPath) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new Refusal(
          Exit.USAGE,
          "expected a folder of instruction files, found a file at " + path,
          "judge it with: `muster lint " + Text.quoted(folder) + "`");
    }
    if (!Files.isDirectory(path)) {
      throw new Refusal(
          Exit.NOT_FOUND,
          "expected a folder of instruction files, found none at " + path,
          "make one with: `muster init " + Text.quoted(folder) + "`");
    }
    if (!Files.isDirectory(targetPath)) {
      throw new Refusal(Exit.NOT_FOUND, "expected a folder at --target " + targetPath, null);
    }
  }

  private void send(Link link, ObjectNode order, Settings settings) {
    var path = context.path(folder);
    if (!Sending.isFor(upload, settings, path)) return;
    new Sending(link.api(), List.of(settings.data(), settings.results()))
        .send(order, path, target == null ? null : context.path(target));
    terminal()
        .say("Sent: the node has what it needs; fetch what comes of it with `muster results get`");
  }

  private void resolveSince(Link link, ObjectNode order) {
    if (since != null) {
      order.put("since", new References(link.api()).run(since).view().id());
    }
  }

  private Greeting greeting() {
    return new Greeting(terminal(), folder, rehearse, since != null);
  }
}
