package dev.muster.cli.cluster;

import dev.muster.cli.cluster.Founding.Wanted;
import dev.muster.cli.cluster.NodeStatus.State;
import dev.muster.cli.postgres.LocalPostgres;
import dev.muster.cli.session.ClusterFile;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.host.DataFolder;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.usecase.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The cluster of one data folder: its nodes, each a JVM of its own, and its database.
public final class LocalCluster {
  /// The database takes the name of a node where nodes are named.
  public static final String POSTGRES = "postgres";

  private final Wiring wiring;
  private final Path data;
  private final LocalPostgres postgres;

  public LocalCluster(Wiring wiring) {
    this.wiring = wiring;
    this.data = wiring.data();
    this.postgres = new LocalPostgres(data.resolve(POSTGRES), wiring.cache());
  }

  /// @param pid null when it does not run, or is not ours
  public record DatabaseStatus(String url, boolean ours, @Nullable Long pid) {}

  /// What stands before `up` and after it.
  public record Brought(ClusterFile file, boolean anythingStarted) {}

  /// Brings up whatever of the cluster does not run. Returns once all nodes are ready.
  public Brought up(Wanted wanted) {
    ClusterFile file;
    List<Member> missing;
    Daemons daemons;
    try {
      DataFolder.create(data);
      try (var _ = ClusterLock.take(data, wiring.pace())) {
        requireFree();
        var before = ClusterFile.read(data);
        if (before == null && ClusterFile.exists(data)) {
          wiring.terminal().warn(data + "/cluster.json cannot be read; it is written anew");
        }
        file = new Founding(wiring).file(before, wanted);
        var login = login(file, true);
        if (!file.equals(before)) file.write(data);
        daemons = daemons(file);
        missing = file.nodes().stream().filter(node -> living(node) == null).toList();
        start(missing, daemons, new NodeSettings(data, file, login, wiring.settings()));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    new Readiness(wiring, daemons).await(file.nodes(), missing);
    return new Brought(file, !missing.isEmpty());
  }

  /// A single node may be at work in the folder. Nodes of the cluster hold the lock themselves.
  private void requireFree() {
    if (ClusterFile.exists(data)) return;
    try (var lock = DataFolder.tryOpen(data)) {
      if (lock != null) {
        if (Files.exists(data.resolve("muster.mv.db"))) {
          wiring
              .terminal()
              .warn(
                  "the runs that a single node kept in "
                      + data
                      + " stay there unseen; a cluster keeps its journal in PostgreSQL");
        }
        return;
      }
    }
    throw new Refusal(
        Exit.CONFLICT,
        "a single node (process " + DataFolder.holder(data) + ") uses the data folder " + data,
        "stop it, or choose another folder with --data DIR");
  }

  private void start(List<Member> nodes, Daemons daemons, NodeSettings settings) {
    for (var node : nodes) {
      daemons.start(node, settings.of(node, wiring.environment()));
      wiring.terminal().detail("starting " + node.name() + " on port " + node.port());
    }
    if (!nodes.isEmpty()) {
      wiring
          .terminal()
          .say(
              "Starting "
                  + String.join(", ", nodes.stream().map(Member::name).toList())
                  + "; logs in "
                  + data);
    }
  }

  private NodeSettings.Login login(ClusterFile file, boolean start) {
    var given = file.database();
    if (given != null) {
      var password = wiring.settings().settings().database().password();
      return new NodeSettings.Login(given.url(), given.user(), password);
    }
    if (start && !postgres.status().running()) {
      wiring.terminal().say("Starting PostgreSQL in " + data.resolve(POSTGRES));
    }
    if (start) postgres.start();
    return new NodeSettings.Login(postgres.url(), postgres.user(), postgres.password());
  }

  /// Every node of the cluster, orchestrators first.
  public List<NodeStatus> status() {
    var file = file();
    var headroom = Headrooms.of(wiring, file);
    var found = new ArrayList<NodeStatus>();
    var probe = new NodeProbe(wiring.data());
    for (var node : file.nodes()) {
      var process = living(node);
      var state = process == null ? State.DOWN : state(process, node, probe);
      var pid = process == null ? null : process.pid();
      found.add(
          new NodeStatus(node, node.url(wiring.data()), state, pid, headroom.get(node.name())));
    }
    return found;
  }

  private static State state(ProcessNote process, Member node, NodeProbe probe) {
    if (process.suspended()) return State.SUSPENDED;
    return probe.ready(node) ? State.UP : State.NOT_READY;
  }

  public DatabaseStatus database() {
    var given = file().database();
    if (given != null) return new DatabaseStatus(given.url(), false, null);
    var status = postgres.status();
    var url = status.port() == null ? "not started yet" : postgres.url();
    return new DatabaseStatus(url, true, status.pid());
  }

  /// SIGKILL to that node's JVM, or to the database, and to nothing else.
  ///
  /// @return the pid that was killed; null when it did not run
  public @Nullable Long kill(String name) {
    var file = file();
    if (name.equals(POSTGRES)) {
      var pid = own(file).status().pid();
      postgres.kill();
      return pid;
    }
    var process = living(named(file, name));
    if (process == null) return null;
    new Stopping(wiring).kill(process);
    return process.pid();
  }

  /// Stops it in good order if it runs, and starts it with the same name, ports and data.
  public void restart(String name) {
    var file = file();
    try (var _ = ClusterLock.take(data, wiring.pace())) {
      if (name.equals(POSTGRES)) {
        own(file).restart();
        return;
      }
      var node = named(file, name);
      new Stopping(wiring).stop(List.of(node));
      var login = login(file, false);
      start(List.of(node), daemons(file), new NodeSettings(data, file, login, wiring.settings()));
    } catch (IOException e) {
      throw unwritable(e);
    }
    var started = List.of(named(file, name));
    new Readiness(wiring, daemons(file)).await(started, started);
  }

  /// Stops everything in good order; the database last.
  public void down() {
    var file = file();
    try (var _ = ClusterLock.take(data, wiring.pace())) {
      new Stopping(wiring).stopAll(file.workers(), file.orchestrators());
      if (file.database() == null && postgres.status().running()) {
        postgres.stop();
        wiring.terminal().say("PostgreSQL stopped");
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private LocalPostgres own(ClusterFile file) {
    var given = file.database();
    if (given == null) return postgres;
    throw new Refusal(
        Exit.USAGE, "the database " + given.url() + " is not ours to kill or to restart", null);
  }

  private @Nullable ProcessNote living(Member node) {
    return ProcessNote.living(node.data(data));
  }

  private Daemons daemons(ClusterFile file) {
    return new Daemons(data, Path.of(file.folder()), wiring.jvm().get(), file.nodes().size());
  }

  private ClusterFile file() {
    var file = ClusterFile.read(data);
    if (file != null) return file;
    throw new Refusal(
        Exit.NOT_FOUND,
        ClusterFile.exists(data)
            ? data + "/cluster.json cannot be read"
            : "there is no cluster in " + data,
        "`muster cluster up` brings one up; name another folder with --data DIR");
  }

  private static Member named(ClusterFile file, String name) {
    var node = file.named(name.toLowerCase(Locale.ROOT));
    if (node != null) return node;
    var names = new ArrayList<>(file.nodes().stream().map(Member::name).toList());
    names.add(POSTGRES);
    throw new Refusal(
        Exit.NOT_FOUND,
        "there is no node " + name + " in this cluster",
        "expected one of " + String.join(", ", names));
  }

  private Refusal unwritable(IOException e) {
    return new Refusal(
        Exit.NOT_ALLOWED,
        "expected to be able to write " + data + ", found: " + Why.of(e),
        "make it writable for this user, or choose another folder with --data DIR",
        e);
  }
}
