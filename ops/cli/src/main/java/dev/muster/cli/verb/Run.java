package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.RunView;
import dev.muster.cli.node.Sessions.Need;
import dev.muster.cli.settings.Setting;
import dev.muster.cli.settings.Settings;
import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Refusal;
import dev.muster.cli.terminal.Text;
import java.nio.file.Files;
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
      "Exit code: 0 everything completed (or was rehearsed), 1 something failed, was blocked or"
          + " cancelled, 6 something is held, or was rejected or expired."
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
  String target = ".";

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

  @Option(names = "--strict", description = "Refuse what would be a warning.")
  boolean strict;

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
    try (var link = context.link(Need.HOST, loaded, true)) {
      var run = link.api().createRun(order).view();
      greet(run);
      return new Ending(context, link, HELD_STABLE).follow(List.of(run.id()));
    }
  }

  private ObjectNode order(Settings settings) {
    var path = context.path(folder);
    var targetPath = context.path(target);
    if (settings.server() == null) {
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
    if (waves != null) {
      var file = context.path(waves);
      order.put("waves", Files.isRegularFile(file) ? file.toString() : waves);
    }
    if (only != null) {
      order.put("only", only);
    }
    return order;
  }

  private void greet(RunView run) {
    terminal()
        .say(
            run.id()
                + " of "
                + Text.line(run.workforce())
                + ": "
                + Text.count(run.workers().total(), "worker")
                + " in "
                + Text.count(run.waves().size(), "wave")
                + (rehearse ? ", rehearsed: nothing is executed" : ""));
    if (!run.findings().isEmpty()) {
      terminal()
          .say(
              Text.count(run.findings().size(), "finding")
                  + " in the instructions; see: `muster lint "
                  + Text.quoted(folder)
                  + "`");
    }
    var sandbox = run.sandbox();
    if (sandbox != null && sandbox.warning() != null) {
      terminal().warn(Text.line(sandbox.warning()));
    }
  }
}
