package dev.muster.bench;

import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pages of 50 over HTTP, one after the other, of a node with N workers in its tables: of a run
/// that has half of them, of one of a thousand, and of all runs; in every order that has an index,
/// without a filter, by state, and by two filters without an index that fit nobody. The worst is
/// that of the kind of page whose 95th percentile is highest; it is said which it is.
///
/// @param server null for the database that a data folder has of itself
record W9(Build build, @Nullable Server server) implements Engine {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(10);
  private static final int WARM_UP = 20;
  private static final int MEASURED = 100;
  private static final int WAVES = 5;

  static List<Engine> engines(Scope scope) {
    var engines = new ArrayList<Engine>();
    for (var build : scope.builds()) {
      engines.add(new W9(build, null));
      engines.add(new W9(build, scope.server()));
    }
    return engines;
  }

  @Override
  public String name() {
    return build.name() + (server == null ? "-h2" : "-postgres");
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var settings = database();
    rehearse(folder, settings);
    var embedded = DatabaseSettings.embedded(folder.resolve("data")).url();
    try {
      Copies.fill(
          settings.getOrDefault("MUSTER_DATABASE_URL", embedded),
          settings.getOrDefault("MUSTER_DATABASE_USER", ""),
          settings.getOrDefault("MUSTER_DATABASE_PASSWORD", ""),
          workers);
    } catch (SQLException e) {
      throw new IOException("no tables of that size: " + e.getMessage(), e);
    }
    var node = Node.start(build, folder, settings);
    try {
      node.await(STARTS_WITHIN);
      try (var api = Api.of(node)) {
        return measured(api);
      }
    } finally {
      node.stop();
    }
  }

  private Map<String, String> database() throws IOException {
    if (server == null) return Map.of();
    var settings = new HashMap<String, String>();
    settings.put("MUSTER_DATABASE_URL", server.create());
    settings.put("MUSTER_DATABASE_USER", server.user());
    settings.put("MUSTER_DATABASE_PASSWORD", server.password());
    return settings;
  }

  /// The run that all others are copies of.
  private void rehearse(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    var workforce = folder.resolve("workforce");
    var each = Copies.RUN_WORKERS / WAVES;
    for (var wave = 1; wave <= WAVES; wave++) {
      var from = (wave - 1) * each + 1;
      Workforces.add(workforce, from, each, wave, Workforces.block("", Workforces.SCRIPT));
    }
    var own = Files.createDirectory(folder.resolve("rehearsal"));
    var all = new HashMap<>(settings);
    all.put("MUSTER_DATA", folder.resolve("data").toString());
    // The data folder is known to whoever has the same state.
    all.put("XDG_STATE_HOME", folder.resolve("state").toString());
    build.muster(own, all, "run", workforce.toString(), "--rehearse", "--no-input");
  }

  private Round measured(Api api) throws IOException, InterruptedException {
    var ofRuns = new ArrayList<Double>();
    var ofWorkers = new ArrayList<Double>();
    var worst = new Pages("", List.of(0.0));
    for (var filter : List.of("", "state:COMPLETED", "nobody")) {
      for (var sort : List.of("-id", "id", "-startedAt", "workforce")) {
        var pages = ask(api, "runs", sort, filter);
        ofRuns.addAll(pages.millis());
        worst = worst.orWorse(pages);
      }
    }
    for (var run : List.of(Copies.BIG, Copies.name(1))) {
      for (var filter : List.of("", "state:FAILED", "attempt>7", "nobody")) {
        for (var sort :
            List.of("wave", "-wave", "id", "settledAt", "-settledAt", "startedAt", "-startedAt")) {
          var pages = ask(api, "runs/" + run + "/workers", sort, filter);
          ofWorkers.addAll(pages.millis());
          worst = worst.orWorse(pages);
        }
      }
    }
    System.err.println("the worst are " + worst.what());
    return Round.of(name())
        .with("worstP95Millis", worst.p95())
        .with("runsP50Millis", at(ofRuns, 0.5))
        .with("runsP95Millis", at(ofRuns, 0.95))
        .with("workersP50Millis", at(ofWorkers, 0.5))
        .with("workersP95Millis", at(ofWorkers, 0.95));
  }

  private record Pages(String what, List<Double> millis) {
    double p95() {
      return at(millis, 0.95);
    }

    Pages orWorse(Pages other) {
      return other.p95() > p95() ? other : this;
    }
  }

  private static double at(List<Double> millis, double share) {
    return Round.at(millis.stream().mapToDouble(it -> it).toArray(), share);
  }

  /// Page after page, and from the beginning after the last.
  private static Pages ask(Api api, String list, String sort, String filter)
      throws IOException, InterruptedException {
    var path = list + "?sort=" + sort + "&filter=" + encoded(filter);
    var millis = new ArrayList<Double>();
    var cursor = "";
    for (var i = -WARM_UP; i < MEASURED; i++) {
      var began = System.nanoTime();
      var page = api.get(path + cursor);
      if (i >= 0) millis.add((System.nanoTime() - began) / 1e6);
      var next = page.path("next");
      cursor = next.isTextual() ? "&cursor=" + encoded(next.asText()) : "";
    }
    return new Pages(path, millis);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
