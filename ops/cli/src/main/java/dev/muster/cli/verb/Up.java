package dev.muster.cli.verb;

import dev.muster.cli.session.Sessions.Need;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Setting;
import java.util.EnumMap;
import java.util.List;
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

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "orchestrator, worker or both (both).")
  @Nullable String role;

  @Option(
      names = "--seed",
      paramLabel = "HOST:PORT",
      description = "A node to join by; may be given several times.")
  List<String> seeds = List.of();

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = "PostgreSQL that the nodes share, jdbc:postgresql://host:5432/muster.")
  @Nullable String database;

  Up(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var loaded = context.settings(flags());
    if (loaded.settings().server() != null) {
      throw new Refusal(
          Exit.USAGE, "`up` starts a node here; a server (--server) has one already", null);
    }
    try (var link = context.link(Need.STAY, loaded, false)) {
      var hosted = link.hosted();
      if (hosted == null) {
        throw new Refusal(
            Exit.CONFLICT,
            "a node is running already at " + link.api().client().base(),
            "see: `muster status`");
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
                  + ". Ctrl-C stops it; unfinished runs go on with: `muster resume`");
      hosted.awaitTermination();
      return Exit.OK;
    }
  }

  private Map<Setting, String> flags() {
    var flags = new EnumMap<Setting, String>(Setting.class);
    if (port != null) flags.put(Setting.PORT, port);
    if (role != null) flags.put(Setting.ROLE, role);
    if (!seeds.isEmpty()) flags.put(Setting.SEEDS, String.join(",", seeds));
    if (database != null) flags.put(Setting.DATABASE_URL, database);
    return flags;
  }
}
