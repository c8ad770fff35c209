package dev.muster.cli.verb;

import dev.muster.cli.session.BackgroundNode;
import dev.muster.cli.session.ClusterFile;
import dev.muster.cli.session.Link;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.client.Probe;
import dev.muster.host.NodeFile;
import dev.muster.host.WebPin;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.Settings;
import dev.muster.host.settings.SettingsReader.Loaded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For commands that leave their run to a node that stays: the one that is there, or one that is
/// started in the background.
final class Detached {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Context context;
  private final Loaded loaded;
  private final Settings settings;

  Detached(Context context, Loaded loaded) {
    this.context = context;
    this.loaded = loaded;
    this.settings = loaded.settings();
  }

  Link link() {
    if (settings.server() == null) context.door(loaded).check();
    if (settings.server() == null && !ClusterFile.exists(settings.data()) && staying() == null) {
      start();
    }
    return context.link(Need.RUNNING, loaded, false);
  }

  /// What to say once a run goes on without this command.
  void farewell(Link link, String run) {
    var data = context.globals().data == null ? "" : " --data " + context.globals().data;
    var terminal = context.terminal();
    terminal.say(
        run
            + " goes on at "
            + link.api().client().base()
            + (settings.server() == null ? "; its log is in " + settings.logs() : "")
            + ".");
    terminal.say("  follow it   muster resume " + run + data);
    terminal.say("  look        muster status" + data + ", muster top" + data);
    terminal.say("  wait        muster wait " + run + data);
  }

  /// The node of this folder, if its process lives for others and not for a run that it watches.
  private @Nullable NodeFile staying() {
    var file = NodeFile.read(settings.data());
    return file != null && file.processAlive() && !file.passing() ? file : null;
  }

  private void start() {
    // The node's console log is the first thing in a new folder, which the node then must believe.
    context.door(loaded).claim();
    var terminal = context.terminal();
    terminal.say("Starting a node in the background.");
    var node =
        BackgroundNode.start(
            context.jvm().get(),
            arguments(),
            context.caller().folder(),
            context.caller().environment(),
            settings.logs());
    var until = context.pace().now().plus(READY_WITHIN);
    var deadline = context.until();
    var told = false;
    while (!isReady()) {
      node.requireAlive();
      if (context.pace().now().isAfter(until) && !told) {
        told = true;
        terminal.say("It is not ready yet; see " + node.log());
      }
      giveUpInTime(node, deadline);
      context.pace().sleep(PAUSE);
    }
  }

  /// Whom to believe is known once the node has shown its certificate in the data folder.
  private boolean isReady() {
    var file = staying();
    if (file == null) return false;
    try (var probe = new Probe(WebPin.believed(settings, true))) {
      return probe.ready(file.uri());
    }
  }

  private void giveUpInTime(BackgroundNode node, @Nullable Instant until) {
    if (until == null || context.pace().now().isBefore(until)) return;
    throw new Refusal(
        Exit.TIMED_OUT,
        "the node in the background is not ready after the time that --timeout allows",
        "see " + node.log());
  }

  /// The usual port may belong to another folder's node; whoever finds this one by its folder does
  /// not mind.
  private List<String> arguments() {
    var arguments = new ArrayList<>(List.of("--data", settings.data().toString()));
    var port =
        loaded.resolved().stream()
            .filter(it -> it.setting() == Setting.PORT)
            .findFirst()
            .orElseThrow();
    var chosen = !port.origin().equals("default");
    if (chosen) arguments.addAll(List.of("--port", Integer.toString(settings.port())));
    else if (isTaken(settings.port())) arguments.addAll(List.of("--port", "0"));
    return arguments;
  }

  private static boolean isTaken(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort() != port;
    } catch (IOException _) {
      return true;
    }
  }
}
