package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.SettingsReader.Loaded;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a node of a local cluster is told by its environment: what the operator has set, and over
/// it what makes it this node of this cluster.
record NodeSettings(Path data, ClusterFile file, Login login, Loaded settings) {
  /// These are the cluster's own business.
  private static final Set<Setting> OURS =
      EnumSet.of(
          Setting.SERVER,
          Setting.DATA,
          Setting.PORT,
          Setting.HTTP_HOST,
          Setting.TOKEN_FILE,
          Setting.NODE_NAME,
          Setting.ROLE,
          Setting.SEEDS,
          Setting.CLUSTER_HOST,
          Setting.CLUSTER_PORT,
          Setting.CLUSTER_BIND_HOST,
          Setting.FILES,
          Setting.ARTIFACTS,
          Setting.DATABASE_URL,
          Setting.DATABASE_USER,
          Setting.DATABASE_PASSWORD);

  /// How the nodes get into their database.
  record Login(String url, String user, String password) {
    /// Never shows the password.
    @Override
    public String toString() {
      return "Login[" + url + "]";
    }
  }

  /// What of an environment is kept for the nodes that are started later.
  static Map<String, String> kept(Map<String, String> environment) {
    return Stream.of(Setting.values())
        .filter(setting -> !OURS.contains(setting) && !setting.secret())
        .map(Setting::variable)
        .filter(environment::containsKey)
        .collect(Collectors.toMap(name -> name, environment::get, (a, _) -> a, TreeMap::new));
  }

  Map<String, String> of(Member node, Map<String, String> environment) {
    var all = new HashMap<>(environment);
    // Our launcher's options are part of the command line already.
    all.keySet().removeIf(name -> name.startsWith("MUSTER_"));
    all.putAll(file.environment());
    own(node).forEach((setting, value) -> all.put(setting.variable(), value));
    shares().forEach((setting, value) -> all.put(setting.variable(), value));
    return all;
  }

  private Map<Setting, String> own(Member node) {
    var own = new HashMap<Setting, String>();
    own.put(Setting.DATA, node.data(data).toString());
    own.put(Setting.PORT, Integer.toString(node.port()));
    own.put(Setting.HTTP_HOST, "127.0.0.1");
    own.put(Setting.TOKEN_FILE, data.resolve("operator.token").toString());
    own.put(Setting.NODE_NAME, node.name());
    own.put(Setting.ROLE, node.role().name().toLowerCase(java.util.Locale.ROOT));
    own.put(Setting.SEEDS, seeds());
    own.put(Setting.CLUSTER_HOST, "127.0.0.1");
    own.put(Setting.CLUSTER_BIND_HOST, "127.0.0.1");
    own.put(Setting.CLUSTER_PORT, Integer.toString(node.clusterPort()));
    own.put(Setting.FILES, "shared");
    own.put(Setting.ARTIFACTS, data.resolve("artifacts").toString());
    own.put(Setting.DATABASE_URL, login.url());
    own.put(Setting.DATABASE_USER, login.user());
    own.put(Setting.DATABASE_PASSWORD, login.password());
    return own;
  }

  /// Orchestrators first, since only they may form a cluster.
  private String seeds() {
    return file.orchestrators().stream().map(Member::address).collect(Collectors.joining(","));
  }

  /// Every node sees the whole machine, so each is given its part of it unless the operator has
  /// chosen. The work of the other nodes looks to each like that of strangers and would close its
  /// gate; it is bounded by their slots, so the processors are left to these.
  private Map<Setting, String> shares() {
    var shares = new HashMap<Setting, String>();
    if (!chosen(Setting.SLOTS)) shares.put(Setting.SLOTS, Integer.toString(slots()));
    if (!chosen(Setting.CPU_PERCENT)) shares.put(Setting.CPU_PERCENT, "100");
    return shares;
  }

  private int slots() {
    var works = Math.max(1, file.nodes().stream().filter(node -> node.role().works()).count());
    return (int) Math.max(1, Runtime.getRuntime().availableProcessors() / works);
  }

  private boolean chosen(Setting setting) {
    return settings.resolved().stream()
        .anyMatch(found -> found.setting() == setting && !found.origin().equals("default"));
  }
}
