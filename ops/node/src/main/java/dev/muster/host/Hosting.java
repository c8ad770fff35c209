package dev.muster.host;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.usecase.Why;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Hosts a node in this process, with its log files and the file by which others find it.
///
/// @param portMayMove when the port is taken, any other will do
/// @param verbose its log goes to the console too
public record Hosting(NodeHost host, boolean portMayMove, boolean verbose, InstantSource clock) {
  /// @param data its lock is the node's from now on; without a node it is given back
  /// @throws Refusal when the node does not start
  public HostedNode open(DataFolder data, NodeOptions options) {
    RunningNode node = null;
    try {
      LogFiles.open(options.settings().logs(), verbose);
      node = started(options.at(options.control() ? 0 : port(options.port())));
      var file = announce(node, options);
      TakeOver.withdraw(data.path());
      return new HostedNode(node, data, file);
    } catch (NodeStartException e) {
      data.close();
      throw StartRefusal.of(e);
    } catch (IOException | RuntimeException e) {
      if (node != null) node.close();
      data.close();
      throw e instanceof RuntimeException unexpected
          ? unexpected
          : new Refusal(
              Exit.NOT_ALLOWED,
              "cannot write " + data.path() + "/node.json: " + Why.of(e),
              null,
              e);
    }
  }

  /// Whoever took the port may have done so just now, or listen at another address only.
  private RunningNode started(NodeOptions options) {
    try {
      return host.start(options);
    } catch (NodeStartException e) {
      if (e.kind() != NodeStartException.Kind.PORT_IN_USE || !portMayMove) throw e;
      return host.start(options.at(0));
    }
  }

  /// The usual port may belong to the node of another data folder; a run does not mind which it
  /// gets, as long as nobody asked for this one.
  private int port(int usual) {
    if (!portMayMove) return usual;
    try (var probe = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort() == usual ? usual : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  /// A control-only node is not announced: it ends with its command and is nobody else's.
  private @Nullable NodeFile announce(RunningNode node, NodeOptions options) throws IOException {
    if (options.control()) return null;
    var name = options.settings().nodeName();
    var file = NodeFile.own(node.url().toString(), name, clock.instant(), options.usedAtOnce());
    file.write(options.data());
    return file;
  }
}
