package dev.muster.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A cluster of real processes on this machine, each of which can be taken away: nodes, their
/// database, and the links between all of them.
public final class Rig implements AutoCloseable {
  static final int CLUSTER_PORT = 7_410;
  public static final String DATABASE = "database";
  private static final String TOKEN = "rig-token-of-a-test-that-is-no-secret";

  private final Path folder;
  private final Network network;
  private final Postgres postgres;
  private final Map<String, NodeProcess> orchestrators = new LinkedHashMap<>();
  private final Map<String, NodeProcess> workers = new LinkedHashMap<>();
  private final Thread lastResort = new Thread(this::endProcesses);

  /// Nothing runs yet.
  ///
  /// @param slots of each worker node
  public Rig(Path folder, int orchestratorCount, int workerCount, int slots) {
    this(folder, Network.open(), orchestratorCount, workerCount, slots);
  }

  /// On a network of its own, which it closes.
  public Rig(Path folder, Network network, int orchestratorCount, int workerCount, int slots) {
    this.folder = folder;
    this.network = network;
    Runtime.getRuntime().addShutdownHook(lastResort);
    try {
      Files.createDirectories(target());
      Files.createDirectories(around());
      Files.writeString(token(), TOKEN + "\n");
      this.postgres = new Postgres(network.join(DATABASE), folder.resolve("postgres"));
      network.publish(DATABASE, Postgres.PORT);
      List<Place> seeds = new ArrayList<>();
      for (var i = 1; i <= orchestratorCount; i++) seeds.add(network.join("o" + i));
      for (var seed : seeds) {
        orchestrators.put(seed.name(), node(seed, "orchestrator", seeds, slots));
      }
      for (var i = 1; i <= workerCount; i++) {
        var place = network.join("w" + i);
        workers.put(place.name(), node(place, "worker", seeds, slots));
      }
    } catch (IOException e) {
      network.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private NodeProcess node(Place place, String role, List<Place> seeds, int slots) {
    var environment = new LinkedHashMap<String, String>();
    // The machine that tests is busy testing; headroom has tests of its own.
    environment.put("MUSTER_HEADROOM_CPU_PERCENT", "100");
    environment.put("MUSTER_HEADROOM_MEMORY_PERCENT", "100");
    environment.put("MUSTER_HEADROOM_DISK_PERCENT", "100");
    environment.put("MUSTER_BACKOFF_MIN", "200ms");
    environment.put("MUSTER_SLOTS", Integer.toString(slots));
    environment.put("MUSTER_ROLE", role);
    environment.put("MUSTER_RESULTS", results().toString());
    environment.put("MUSTER_ARTIFACTS", folder.resolve("artifacts").toString());
    environment.put("MUSTER_TOKEN_FILE", token().toString());
    environment.put("MUSTER_DATABASE_URL", postgres.url());
    environment.put("MUSTER_DATABASE_USER", postgres.user());
    environment.put("MUSTER_CLUSTER_HOST", place.address());
    environment.put("MUSTER_CLUSTER_BIND_HOST", place.listen());
    environment.put("MUSTER_CLUSTER_PORT", Integer.toString(CLUSTER_PORT));
    environment.put(
        "MUSTER_CLUSTER_SEEDS",
        seeds.stream()
            .map(seed -> seed.address() + ":" + CLUSTER_PORT)
            .collect(Collectors.joining(",")));
    return new NodeProcess(place, around().resolve(place.name()), network, environment);
  }

  /// Starts the database and every node; they find each other by themselves.
  public Rig start() {
    postgres.start();
    nodes().forEach(NodeProcess::start);
    return this;
  }

  public Postgres postgres() {
    return postgres;
  }

  public Network network() {
    return network;
  }

  public Path folder() {
    return folder;
  }

  /// What workforces work on.
  public Path target() {
    return folder.resolve("target");
  }

  public Path results() {
    return folder.resolve("out");
  }

  private Path token() {
    return around().resolve("operator.token");
  }

  /// The data of all nodes, around the token that they share: hidden from every worker.
  private Path around() {
    return folder.resolve("nodes");
  }

  public Operator operator() {
    return new Operator(
        orchestrators.values().stream().map(NodeProcess::url).toList(), TOKEN, results());
  }

  /// An operator who talks to this orchestrator only.
  public Operator operator(String orchestrator) {
    return new Operator(List.of(node(orchestrator).url()), TOKEN, results());
  }

  public List<NodeProcess> nodes() {
    var all = new ArrayList<>(orchestrators.values());
    all.addAll(workers.values());
    return all;
  }

  public NodeProcess node(String name) {
    var node = orchestrators.getOrDefault(name, workers.get(name));
    if (node == null) throw new IllegalArgumentException("there is no node " + name);
    return node;
  }

  /// Data folders by node.
  public Map<String, Path> dataFolders() {
    return nodes().stream().collect(Collectors.toMap(NodeProcess::name, NodeProcess::data));
  }

  public List<String> orchestratorNames() {
    return List.copyOf(orchestrators.keySet());
  }

  public List<String> workerNames() {
    return List.copyOf(workers.keySet());
  }

  /// All that every node has printed last, for a failing test.
  public String said() {
    return nodes().stream().map(NodeProcess::said).collect(Collectors.joining("\n"));
  }

  private void endProcesses() {
    nodes().forEach(NodeProcess::kill);
    postgres.stop(Postgres.Stop.KILL);
    network.close();
  }

  @Override
  public void close() {
    endProcesses();
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException _) {
      // This process ends, and the hook runs already.
    }
  }
}
