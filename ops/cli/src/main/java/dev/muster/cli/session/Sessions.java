package dev.muster.cli.session;

import dev.muster.cli.client.Refusals;
import dev.muster.cli.session.Outage.Words;
import dev.muster.client.Api;
import dev.muster.client.Lifeline;
import dev.muster.client.Options;
import dev.muster.host.DataDoor;
import dev.muster.host.DataFolder;
import dev.muster.host.Hosting;
import dev.muster.host.NodeFile;
import dev.muster.host.NodeHost;
import dev.muster.host.NodeOptions;
import dev.muster.host.TakeOver;
import dev.muster.host.WebPin;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds a node or starts one here.
public final class Sessions {
  /// How long a node that is just starting, or a short command beside us, may keep us waiting.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final NodeHost host;
  private final Settings settings;
  private final DataDoor door;
  private final Bearer bearer;
  private final Pace pace;
  private final Consumer<String> details;
  private final Consumer<String> notices;
  private final Manner manner;

  /// What a verb needs.
  public enum Need {
    /// A node that runs; nothing is started here.
    RUNNING,
    /// Reading or deciding: else a control-only node of our own, for the duration.
    CONTROL,
    /// Carrying on with this verb's run only.
    HOST,
    /// Carrying on with every unfinished run.
    HOST_AND_RESUME,
    /// The same, for others to use: it may begin long before there is a cluster to join.
    STAY
  }

  /// How this command wants it.
  ///
  /// @param portMayMove when the port is taken, any other will do
  /// @param verbose the log of a node hosted here goes to the console too
  /// @param answerMax how long one answer may take
  /// @param until when to give up on a node that is lost; null: after a time that should do
  public record Manner(
      boolean portMayMove, boolean verbose, Duration answerMax, @Nullable Instant until) {}

  /// @param environment of the process, for `MUSTER_TOKEN`
  public Sessions(
      NodeHost host,
      Settings settings,
      DataDoor door,
      Manner manner,
      Map<String, String> environment,
      Pace pace,
      Consumer<String> details,
      Consumer<String> notices) {
    this.host = host;
    this.settings = settings;
    this.door = door;
    this.manner = manner;
    this.bearer = new Bearer(Map.copyOf(environment), pace);
    this.pace = pace;
    this.details = details;
    this.notices = notices;
  }

  /// True when a node that is lost is waited for, and none is started in its place: the operator
  /// has named it, or it is one of a cluster.
  boolean waits() {
    return settings.server() != null || clients();
  }

  /// True when the data folder is that of a cluster, and this command is none of its nodes: those
  /// are told where the others are.
  private boolean clients() {
    var node = settings.database().isServer() && !settings.cluster().seeds().isEmpty();
    return !node && ClusterFile.exists(settings.data());
  }

  /// @param words what is said while a node is lost, for as long as somebody wants to hear it
  /// @throws Refusal when there is no node and none can be started
  Connection open(Need need, Words words) {
    var server = settings.server();
    if (server != null) {
      return remote(server, words);
    }
    door.check();
    var until = pace.now().plus(PATIENCE);
    var taking = false;
    while (true) {
      var running = running(words);
      if (running != null && (need != Need.STAY || !maySucceed(taking))) {
        return running;
      }
      if (running != null) {
        running.close();
        if (!taking) askToTakeOver();
        taking = true;
        until = pace.now().plus(PATIENCE);
        pace.sleep(PAUSE);
        continue;
      }
      if (clients()) {
        throw ClusterNodes.down(settings.data());
      }
      if (need == Need.RUNNING) {
        throw SessionRefusals.notRunning(settings.data());
      }
      if (need == Need.CONTROL && !Files.isDirectory(settings.data())) {
        throw SessionRefusals.nothingHere(settings.data());
      }
      door.claim();
      var data = DataFolder.tryOpen(settings.data());
      if (data != null) {
        door.begin();
        return hosted(data, need);
      }
      if (pace.now().isAfter(until)) {
        throw SessionRefusals.locked(settings.data());
      }
      pace.sleep(PAUSE);
    }
  }

  /// The node of this folder is hosted by a process that only watches its own run.
  private boolean maySucceed(boolean taking) {
    var file = clients() ? null : NodeFile.read(settings.data());
    if (file == null || !file.passing()) return false;
    var until = manner.until();
    return !taking || until == null || pace.now().isBefore(until);
  }

  private void askToTakeOver() {
    try {
      TakeOver.ask(settings.data());
    } catch (IOException e) {
      throw DataFolder.refusal(settings.data(), e);
    }
    notices.accept(
        "Another terminal hosts the node for a run of its own; taking over as soon as what runs"
            + " there has ended (Ctrl-C gives up).");
  }

  /// After this process has handed its node over: whoever asked for it starts one within seconds,
  /// else it is hosted here again.
  Connection follow(Words words) {
    var until = pace.now().plus(PATIENCE);
    while (TakeOver.isAsked(settings.data()) && pace.now().isBefore(until)) {
      var running = running(words);
      if (running != null) return running;
      pace.sleep(PAUSE);
    }
    return open(Need.HOST_AND_RESUME, words);
  }

  private Connection remote(String server, Words words) {
    URI uri;
    try {
      uri = URI.create(server.endsWith("/") ? server : server + "/");
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          Exit.USAGE, "expected a URL such as http://127.0.0.1:7400, found " + server, null, e);
    }
    if (uri.getHost() == null) {
      throw new Refusal(
          Exit.USAGE, "expected a URL such as http://127.0.0.1:7400, found " + server, null);
    }
    var outage = new Outage(() -> null, false, pace, words, manner.until());
    var named = uri;
    return new Connection(client(named, () -> bearer.at(named, tokenFile()), outage, false), null);
  }

  private Path tokenFile() {
    return settings.http().tokenFile();
  }

  /// The node of the data folder, or of a cluster any of its orchestrators, given a moment to
  /// answer when its process is there. Null when there is none.
  private @Nullable Connection running(Words words) {
    var until = pace.now().plus(PATIENCE);
    var cluster = clients();
    while (true) {
      var files = cluster ? ClusterNodes.living(settings.data()) : NodeFile.living(settings.data());
      for (var file : files) {
        var lifeline = cluster ? outage(words) : Lifeline.NONE;
        var client = client(file.uri(), () -> bearer.own(tokenFile()), lifeline, true);
        if (client.client().alive()) {
          details.accept("node " + file.name() + " at " + file.url());
          return new Connection(client, null);
        }
        client.close();
      }
      if (files.isEmpty()) {
        return null;
      }
      if (pace.now().isAfter(until)) {
        throw SessionRefusals.mute(files.getFirst(), settings.logs());
      }
      pace.sleep(PAUSE);
    }
  }

  private Outage outage(Words words) {
    return new Outage(() -> ClusterNodes.ready(settings), true, pace, words, manner.until());
  }

  private Connection hosted(DataFolder data, Need need) {
    var control = need == Need.CONTROL;
    details.accept(
        control
            ? "no node is running; reading " + data.path()
            : "no node is running; starting one here, data in " + data.path());
    var options =
        new NodeOptions(
            data.path(),
            settings.port(),
            control,
            need == Need.HOST_AND_RESUME || need == Need.STAY,
            need != Need.STAY,
            settings,
            notices);
    var hosting = new Hosting(host, manner.portMayMove(), manner.verbose(), pace::now);
    var node = hosting.open(data, options);
    try {
      var client = client(node.url(), () -> bearer.own(node.tokenFile()), Lifeline.NONE, true);
      return new Connection(client, node);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private Api client(URI uri, Supplier<@Nullable String> token, Lifeline lifeline, boolean isOwn) {
    var options =
        Options.at(uri)
            .token(token)
            .answerWithin(manner.answerMax())
            .holdingOnTo(lifeline)
            .believing(WebPin.believed(settings, isOwn))
            .failing(Refusals::of);
    var until = manner.until();
    return Api.open(
        until == null ? options : options.workedOnFor(Duration.between(pace.now(), until)));
  }
}
