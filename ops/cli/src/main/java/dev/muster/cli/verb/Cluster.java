package dev.muster.cli.verb;

import dev.muster.cli.cluster.Founding.Wanted;
import dev.muster.cli.cluster.LocalCluster;
import dev.muster.cli.cluster.Wiring;
import dev.muster.cli.session.ClusterFile;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Setting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cluster",
    description = "A cluster on this machine, to try out: up, status, kill, restart, down.")
final class Cluster extends Noun {
  private static final int NODES_MAX = 20;
  private static final String NODE = "A node, such as worker-1, or postgres.";

  Cluster(Context context) {
    super(context);
  }

  @Command(
      description = "Bring up whatever of the cluster does not run, and wait until it is ready.")
  int up(
      @Option(names = "--workers", paramLabel = "N", description = "Worker nodes (3).")
          @Nullable Integer workers,
      @Option(names = "--orchestrators", paramLabel = "N", description = "Orchestrators (1).")
          @Nullable Integer orchestrators,
      @Option(
              names = "--db",
              paramLabel = "URL",
              description = "A PostgreSQL server; without it, one is started in the data folder.")
          @Nullable String database) {
    requireCount("--workers", workers);
    requireCount("--orchestrators", orchestrators);
    var wiring = wiring(database);
    var used = wiring.settings().settings().database();
    if (used.url() != null && !used.isServer()) {
      throw new Refusal(
          Exit.USAGE,
          "several nodes need a PostgreSQL server, but the database is " + used.url(),
          "leave it out to have one started, or: --db jdbc:postgresql://host:5432/muster");
    }
    context.door(wiring.settings()).claim();
    var cluster = new LocalCluster(wiring);
    var brought = cluster.up(new Wanted(orchestrators, workers, used.url()));
    greet(brought.file(), wiring.data(), brought.anythingStarted());
    return Exit.OK;
  }

  private static void requireCount(String flag, @Nullable Integer count) {
    if (count != null && (count < 1 || count > NODES_MAX)) {
      throw new Refusal(
          Exit.USAGE, "expected " + flag + " from 1 to " + NODES_MAX + ", found " + count, null);
    }
  }

  private void greet(ClusterFile file, Path data, boolean started) {
    var first = file.orchestrators().getFirst();
    terminal().data(first.url(data).toString());
    terminal().flush();
    var orchestrators = Text.count(file.orchestrators().size(), "orchestrator");
    var workers = Text.count(file.workers().size(), "worker node");
    terminal()
        .say(
            (started ? "The cluster is up: " : "The cluster is up already: ")
                + orchestrators
                + ", "
                + workers
                + ". It stays when this command ends.");
    terminal().say("  use it    `muster run FOLDER`");
    terminal().say("  look      `muster cluster status`, `muster top`");
    terminal().say("  break it  `muster cluster kill worker-1`");
    terminal().say("  stop it   `muster cluster down`");
  }

  @Command(description = "Its nodes, their processes and their headroom, and its database.")
  int status() {
    var cluster = new LocalCluster(wiring(null));
    ClusterWords.print(terminal(), context.output(), cluster.status(), cluster.database());
    return Exit.OK;
  }

  @Command(description = "Pull the plug on one node, or on the database (kill -9).")
  int kill(@Parameters(paramLabel = "NODE", description = NODE) String node) {
    var killed = new LocalCluster(wiring(null)).kill(node);
    terminal()
        .say(
            killed == null
                ? node + " is down already."
                : "%s killed (process %d). Again: `muster cluster restart %s`"
                    .formatted(node, killed, node));
    return Exit.OK;
  }

  @Command(description = "Start one node again, with the same name, ports and data.")
  int restart(@Parameters(paramLabel = "NODE", description = NODE) String node) {
    new LocalCluster(wiring(null)).restart(node);
    terminal().say(node + " is up again.");
    return Exit.OK;
  }

  @Command(description = "Stop everything in good order, the database last; nothing is lost.")
  int down() {
    new LocalCluster(wiring(null)).down();
    terminal().say("The cluster is down. Its data stay; again with: `muster cluster up`");
    return Exit.OK;
  }

  /// The settings are those under which the cluster was brought up, and over them what this command
  /// says.
  private Wiring wiring(@Nullable String database) {
    if (context.globals().server != null) {
      throw new Refusal(
          Exit.USAGE, "`cluster` handles nodes of this machine; leave out --server", null);
    }
    Map<Setting, String> flags =
        database == null ? Map.of() : Map.of(Setting.DATABASE_URL, database);
    var loaded = context.settings(flags);
    context.door(loaded).check();
    var data = loaded.settings().data();
    var environment = new HashMap<String, String>();
    var folder = context.caller().folder();
    var file = ClusterFile.read(data);
    if (file != null) {
      environment.putAll(file.environment());
      folder = Path.of(file.folder());
    }
    environment.putAll(context.caller().environment());
    var all = new HashMap<>(flags);
    all.put(Setting.DATA, data.toString());
    return new Wiring(
        data,
        context.settings(all, environment, folder),
        environment,
        folder,
        context.caller().cacheFolder(),
        context.jvm(),
        context.pace(),
        terminal(),
        context.until());
  }
}
