package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.client.Api;
import dev.muster.client.ApiException;
import dev.muster.client.Options;
import dev.muster.host.WebPin;
import dev.muster.protocol.view.NodeView;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the orchestrator knows of the headroom of each node, by the node's name.
final class Headrooms {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

  private Headrooms() {}

  /// Of the first orchestrator that answers; empty when none does.
  static Map<String, NodeView> of(Wiring wiring, ClusterFile file) {
    for (var orchestrator : file.orchestrators()) {
      var process = ProcessNote.living(orchestrator.data(wiring.data()));
      if (process == null || process.suspended()) continue;
      var found = ask(wiring, orchestrator);
      if (found != null) return found;
    }
    return Map.of();
  }

  private static @Nullable Map<String, NodeView> ask(Wiring wiring, Member orchestrator) {
    var address = orchestrator.url(wiring.data());
    var believed = WebPin.shownIn(orchestrator.data(wiring.data()));
    var options =
        Options.at(address).token(() -> token(wiring)).answerWithin(ANSWER_MAX).believing(believed);
    try (var api = Api.open(options)) {
      var found = new HashMap<String, NodeView>();
      api.system().nodes().forEach(node -> found.put(node.view().name(), node.view()));
      return found;
    } catch (ApiException _) {
      return null;
    }
  }

  private static @Nullable String token(Wiring wiring) {
    try {
      return Files.readString(wiring.data().resolve("operator.token")).strip();
    } catch (IOException _) {
      return null;
    }
  }
}
