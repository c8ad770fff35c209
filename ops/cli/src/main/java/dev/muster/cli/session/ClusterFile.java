package dev.muster.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.cli.client.Json;
import dev.muster.host.WebPin;
import dev.muster.host.settings.Settings.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `<data>/cluster.json`: the nodes of a cluster on this machine. A folder that has one belongs to
/// that cluster, also while none of its nodes runs.
///
/// @param folder in which the cluster was brought up, whose `muster.conf` counts for its nodes
/// @param database null for the PostgreSQL server in `<data>/postgres`
/// @param environment the settings that were given by `MUSTER_*`; no secrets
/// @param nodes orchestrators first
public record ClusterFile(
    String folder,
    @Nullable Database database,
    Map<String, String> environment,
    List<Member> nodes) {
  /// The one whose data folder is that of the cluster itself, so that `node.json` and
  /// `operator.token` lie where every verb looks.
  public static final String FIRST = "orchestrator-1";

  public ClusterFile {
    environment = environment == null ? Map.of() : Map.copyOf(environment);
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }

  /// A server of the operator's own; its password is not kept.
  public record Database(String url, String user) {}

  /// @param port of its API or, of a worker node, of its health
  /// @param clusterPort for other nodes
  public record Member(String name, Role role, int port, int clusterPort) {
    public Path data(Path cluster) {
      return name.equals(FIRST) ? cluster : cluster.resolve("nodes").resolve(name);
    }

    public String address() {
      return "127.0.0.1:" + clusterPort;
    }

    /// Over TLS where the node shows a certificate.
    public URI url(Path cluster) {
      var scheme = WebPin.isShown(data(cluster)) ? "https" : "http";
      return URI.create(scheme + "://127.0.0.1:" + port);
    }
  }

  private static Path path(Path data) {
    return data.resolve("cluster.json");
  }

  /// True when the folder belongs to a cluster, even if the file cannot be read.
  public static boolean exists(Path data) {
    return Files.exists(path(data));
  }

  /// Null when there is none that can be read.
  public static @Nullable ClusterFile read(Path data) {
    try {
      var file = Json.MAPPER.readValue(Files.readString(path(data)), ClusterFile.class);
      return file == null || file.folder == null || file.nodes.isEmpty() ? null : file;
    } catch (JsonProcessingException _) {
      return null;
    } catch (IOException _) {
      return null;
    }
  }

  /// Puts the whole file in place at once.
  public void write(Path data) throws IOException {
    var part = data.resolve("cluster.json.part");
    Files.writeString(part, Json.pretty(Json.MAPPER.valueToTree(this)) + "\n");
    Files.move(
        part, path(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public List<Member> orchestrators() {
    return nodes.stream().filter(node -> node.role().orchestrates()).toList();
  }

  public List<Member> workers() {
    return nodes.stream().filter(node -> !node.role().orchestrates()).toList();
  }

  public @Nullable Member named(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElse(null);
  }
}
