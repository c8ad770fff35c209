package dev.muster.host.settings;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.Allowance;
import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.models.KeySource;
import dev.muster.node.models.pool.ModelSettings;
import dev.muster.node.sql.SqlSource;
import dev.muster.node.tools.McpServer;
import dev.muster.orchestrator.engine.wave.SubWorkerLimits;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Issuer;
import dev.muster.orchestrator.usecase.RunRetention;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.view.SettingView;
import dev.muster.protocol.worker.WorkerPhase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything an operator has set, checked, in one value.
///
/// @param server URL of the node to talk to; null: the one of the data folder
/// @param data absolute
/// @param dataTrust whether it is believed without a mark
/// @param results absolute
/// @param port 0 for any free one
/// @param nodeName never blank
/// @param slots attempts carried out at once
/// @param worker what one command may use
/// @param models providers of language models, and profiles of them
/// @param outside programs of others that agents are, or call
/// @param agents what those may use that ask them
/// @param writeOutside absolute folders outside every target that a permit may open
/// @param shown all of it in words, with where each comes from; secrets are not in it
public record Settings(
    @Nullable String server,
    Path data,
    DataTrust dataTrust,
    Path results,
    int port,
    String nodeName,
    int slots,
    HeadroomLimits headroom,
    Sandbox sandbox,
    WorkerLimits worker,
    Duration approvalWaitMax,
    int attemptsMax,
    RetryPolicy backoff,
    Keep keep,
    Database database,
    Http http,
    Cluster cluster,
    List<Path> writeOutside,
    Secrets secrets,
    ModelSettings models,
    Agents agents,
    Outside outside,
    List<SettingView> shown) {
  public Settings {
    shown = List.copyOf(shown);
    writeOutside = List.copyOf(writeOutside);
  }

  /// What only the user's own file can name.
  ///
  /// @param agents that may carry out workers, by name
  /// @param servers whose tools agents may call
  /// @param sources databases that agents may ask
  public record Outside(
      Map<String, OutsideAgent> agents, List<McpServer> servers, List<SqlSource> sources) {
    public Outside {
      agents = Map.copyOf(agents);
      servers = List.copyOf(servers);
      sources = List.copyOf(sources);
    }
  }

  /// Where the log files go.
  public Path logs() {
    return data.resolve("logs");
  }

  /// Which data folders are believed.
  public enum DataTrust {
    /// Those that were made here, or that the user has adopted.
    MARK,
    /// Whatever is there: it was mounted into this container for nobody else.
    VOLUME
  }

  /// What happens on a host without a sandbox.
  public enum Sandbox {
    /// Warn on every run and gate everything above READ_ONLY.
    PREFER,
    /// Refuse to start.
    REQUIRE,
    /// Do not use one even where there is one; as PREFER without one.
    OFF
  }

  /// @param memoryMaxBytes of one command and its children together
  /// @param workspaceMaxBytes of one workspace, and of each copy of it for the tests
  /// @param filesMax files and folders in one
  /// @param paths absolute; scripts find their workspace there, too
  /// @param environments absolute; prepared languages, before the system's
  public record WorkerLimits(
      long memoryMaxBytes,
      int processesMax,
      long workspaceMaxBytes,
      int filesMax,
      List<Path> paths,
      List<Path> environments) {
    public WorkerLimits {
      paths = List.copyOf(paths);
      environments = List.copyOf(environments);
    }
  }

  /// @param limits of one worker
  /// @param wave what all of a wave may use together
  /// @param run what all of a run may
  /// @param inFlightMax agents under way on a node without a slot, as they are while a model thinks
  /// @param roundsMax questions in the room of a wave
  /// @param subWorkers how many there may be
  public record Agents(
      AgentLimits limits,
      Allowance wave,
      Allowance run,
      int inFlightMax,
      int roundsMax,
      SubWorkerLimits subWorkers) {}

  /// How long the workspace of a worker that has settled stays.
  ///
  /// @param completed also of a rehearsed one
  /// @param unnamed contents of the artifact store that no run names
  /// @param runs which runs are deleted by themselves; null for none
  public record Keep(
      Duration completed, Duration failed, Duration unnamed, RunRetention.@Nullable Policy runs) {
    /// Null for one that has not settled: it may go on in its workspace.
    public @Nullable Duration after(WorkerPhase phase) {
      return switch (phase) {
        case COMPLETED, REHEARSED -> completed;
        case FAILED, BLOCKED, CANCELLED -> failed;
        case ENLISTED, RUNNING, AWAITING_APPROVAL, AWAITING_ANSWER, BACKOFF, PAUSED, VALIDATING ->
            null;
      };
    }

    public Duration shortest() {
      return completed.compareTo(failed) < 0 ? completed : failed;
    }
  }

  /// @param host address the API listens on
  /// @param names further names under which callers reach it
  /// @param folders absolute, of which callers who do not administer may name any
  /// @param tokenFile absolute
  /// @param rules how many people must approve what
  /// @param issuer who else may say who somebody is; null for nobody
  /// @param tls null for plain HTTP
  /// @param authority whom callers believe over https; null for the data folder's own certificate,
  ///   or where there is none for whom Java believes
  /// @param webhooks who is told what happens
  /// @param docs whether there is a page to read the contract of the API in
  public record Http(
      String host,
      List<String> names,
      List<String> origins,
      List<Path> folders,
      Path tokenFile,
      ApprovalRules rules,
      @Nullable Issuer issuer,
      @Nullable WebFiles tls,
      @Nullable Path authority,
      List<Webhook> webhooks,
      boolean docs) {
    public Http {
      webhooks = List.copyOf(webhooks);
      names = List.copyOf(names);
      origins = List.copyOf(origins);
      folders = List.copyOf(folders);
    }
  }

  /// @param key that both know
  /// @param kinds types of events; none for all that are told
  public record Webhook(String name, URI url, KeySource key, Set<String> kinds) {
    public Webhook {
      kinds = Set.copyOf(kinds);
    }
  }

  /// @param key null for that of the file
  /// @param keyFile absolute
  public record Secrets(@Nullable String key, Path keyFile) {
    /// Never shows the key.
    @Override
    public String toString() {
      return "Secrets[" + keyFile + "]";
    }
  }

  /// Files in PEM; absolute.
  public record WebFiles(Path certificate, Path key) {}

  /// Which half of Muster a node is.
  public enum Role {
    ORCHESTRATOR,
    WORKER,
    BOTH;

    public boolean orchestrates() {
      return this != WORKER;
    }

    public boolean works() {
      return this != ORCHESTRATOR;
    }
  }

  /// How files get from node to node.
  public enum FileSharing {
    /// Every node sees the same folders under the same names.
    SHARED,
    /// They travel through the database.
    DATABASE
  }

  /// This node among others.
  ///
  /// @param seeds `host:port` of nodes to join by
  /// @param host under which others reach this node
  /// @param port 0 for any free one
  /// @param bindHost address to listen on
  /// @param labels what it offers workers, sorted
  /// @param grace how long running attempts may go on when the node stops
  /// @param artifacts absolute; used when files are shared
  /// @param tls null for keys from the database that the nodes share
  public record Cluster(
      Role role,
      List<String> seeds,
      String host,
      int port,
      String bindHost,
      List<String> labels,
      Duration grace,
      FileSharing files,
      Path artifacts,
      @Nullable Tls tls) {
    public Cluster {
      seeds = List.copyOf(seeds);
      labels = List.copyOf(labels);
    }
  }

  /// Files in PEM; absolute.
  ///
  /// @param authority whose certificates other nodes must show
  public record Tls(Path certificate, Path key, Path authority) {}

  /// @param url null: H2 in the data folder
  public record Database(@Nullable String url, String user, String password) {
    /// Several nodes need a server; the embedded database is for one.
    public boolean isServer() {
      return url != null && !url.startsWith("jdbc:h2:");
    }

    /// Never shows the password.
    @Override
    public String toString() {
      return "Database[url=" + url + ", user=" + user + "]";
    }
  }
}
