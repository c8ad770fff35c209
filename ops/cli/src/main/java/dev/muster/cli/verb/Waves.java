package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.client.References;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Table.Column;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.RunWords;
import dev.muster.cli.view.ScopeWords;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.protocol.run.RunStatus.HeldFor;
import dev.muster.protocol.view.RunView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "waves", description = "Waves of a run: list, launch.")
final class Waves extends Noun {
  Waves(Context context) {
    super(context);
  }

  @Command(description = "The waves of a run.")
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
              description = "As the API takes it, such as 'done:false wave>=2'.")
          @Nullable String filter) {
    return withNode(link -> {
      var found = new References(link.api()).run(run).view();
      var waves = link.api().waves(found.id(), filter).toList();
      switch (context.output()) {
        case JSON -> terminal().data(Json.pretty(Json.items(waves.stream().map(Fetched::raw))));
        case JSONL -> waves.forEach(wave -> terminal().data(Json.line(wave.raw())));
        case NAME -> waves.forEach(it -> terminal().data(String.valueOf(it.view().wave())));
        case TABLE, WIDE -> table(found, waves.stream().map(Fetched::view).toList());
      }
      return Exit.OK;
    });
  }

  private void table(RunView run, List<RunView.Wave> waves) {
    if (waves.isEmpty()) {
      terminal().say("No such wave.");
      return;
    }
    var table =
        new Table(
            List.of(
                Column.key("WAVE"),
                Column.text("NAME"),
                Column.key("DONE"),
                Column.key("COMPLETED").rank(1),
                Column.key("RELEASED").rank(3),
                Column.key("SETTLED").rank(4),
                Column.key("HELD BACK").rank(2)));
    for (var wave : waves) {
      var held = wave.holds().stream().mapToDouble(HeldFor::seconds).sum();
      table.row(
          Integer.toString(wave.wave()),
          wave.name(),
          wave.settled() + "/" + wave.total(),
          wave.completed() + RunWords.weak(wave.weak()),
          released(wave),
          time(wave.settledAt()),
          held > 0 ? Text.seconds(held) : "");
    }
    table.print(terminal());
    ScopeWords.say(terminal(), run);
    RunWords.holds(run).forEach(hold -> terminal().say("held: " + hold));
  }

  private static String released(RunView.Wave wave) {
    var by = wave.launchedBy();
    return (wave.releasedAt() == null ? RunWords.notReleased(wave) : Text.time(wave.releasedAt()))
        + (by == null ? "" : " by " + Text.line(by));
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "-" : Text.time(time);
  }

  @Command(description = "Launch a gated or held wave by hand, headroom permitting.")
  int launch(
      @Parameters(index = "0", paramLabel = "RUN", description = "The run.") String run,
      @Parameters(index = "1", paramLabel = "WAVE", description = "1 to 5.") int wave) {
    return withNode(link -> {
      var id = new References(link.api()).run(run).view().id();
      var launched = link.api().launchWave(id, wave);
      var after = launched.view();
      Listing.printOne(
          terminal(),
          context.output(),
          launched,
          after.id(),
          () ->
              terminal()
                  .prose(after.id() + ": " + after.outcome() + ", " + RunWords.workers(after)));
      RunWords.holds(after).forEach(hold -> terminal().say("held: " + hold));
      if (link.hosted() != null) {
        terminal().say("No node is running; carry on with: `muster resume " + after.id() + "`");
      }
      return Exit.OK;
    });
  }
}
