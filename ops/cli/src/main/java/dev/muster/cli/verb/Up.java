package dev.muster.cli.verb;

import dev.muster.cli.node.Sessions.Need;
import dev.muster.cli.settings.Setting;
import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "A node with API and console that stays, and carries on every unfinished run.")
final class Up extends Verb {
  @Option(names = "--port", paramLabel = "N", description = "Port of the API and the console.")
  @Nullable String port;

  Up(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    Map<Setting, String> flags = port == null ? Map.of() : Map.of(Setting.PORT, port);
    var loaded = context.settings(flags);
    if (loaded.settings().server() != null) {
      throw new Refusal(
          Exit.USAGE, "`up` starts a node here; a server (--server) has one already", null);
    }
    try (var link = context.link(Need.HOST_AND_RESUME, loaded, false)) {
      var hosted = link.hosted();
      if (hosted == null) {
        throw new Refusal(
            Exit.CONFLICT,
            "a node is running already at " + link.api().client().base(),
            "see: muster status");
      }
      link.farewell(() -> terminal().say("\nStopping."));
      terminal().data(hosted.url().toString());
      terminal().flush();
      terminal()
          .say(
              "Muster is up. Data in "
                  + loaded.settings().data()
                  + ", logs in "
                  + loaded.settings().logs()
                  + ". Ctrl-C stops it; unfinished runs go on with: muster resume");
      hosted.awaitTermination();
      return Exit.OK;
    }
  }
}
