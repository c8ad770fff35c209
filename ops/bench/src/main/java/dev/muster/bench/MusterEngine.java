package dev.muster.bench;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `muster run FOLDER --rehearse`, as everybody calls it. What is measured stands in its journal.
///
/// @param server null for the database that a data folder has of itself
record MusterEngine(Build build, Path home, @Nullable Server server) implements Engine {
  @Override
  public String name() {
    return build.name() + (server == null ? "-h2" : "-postgres");
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var workforce = folder.resolve("workforce");
    write(workers, workforce);
    var data = folder.resolve("data");
    var environment = new HashMap<String, String>();
    environment.put("MUSTER_JAVA_OPTS", String.join(" ", Child.options()));
    var settings = DatabaseSettings.embedded(data);
    if (server != null) {
      var url = server.create();
      environment.put("MUSTER_DATABASE_URL", url);
      environment.put("MUSTER_DATABASE_USER", server.user());
      environment.put("MUSTER_DATABASE_PASSWORD", server.password());
      settings = new DatabaseSettings(url, server.user(), server.password());
    }
    var before = server == null ? 0 : server.cpuMillis();
    var timed =
        build.muster(folder, environment, "run", workforce.toString(), "--rehearse", "--no-input");
    var cpu = server == null ? 0 : server.cpuMillis() - before;
    try (var database = Database.open(settings, data)) {
      var round = timed.on(measured(new JournalReader(database.source()), workers));
      return server == null ? round : round.with(Server.CPU, cpu);
    }
  }

  private void write(int workers, Path workforce) throws IOException, InterruptedException {
    var script = home.resolve("ops/bench/one-liners").toString();
    var process =
        new ProcessBuilder(script, Integer.toString(workers), workforce.toString()).inheritIO();
    if (process.start().waitFor() != 0) throw new IOException(script + " failed");
  }

  private Round measured(JournalReader journal, int workers) throws IOException {
    var began = new ArrayList<Instant>();
    var ended = new ArrayList<Instant>();
    Map<String, Instant> released = new HashMap<>();
    List<Double> millis = new ArrayList<>();
    for (var run : journal.runs(null, 1)) {
      journal.eachOf(
          Origin.run(run),
          row -> {
            if (row.event() instanceof RunEvent.RunCreated created) began.add(created.at());
            if (row.event() instanceof RunEvent.RunFinished finished) ended.add(finished.at());
            if (row.event() instanceof RunEvent.WorkersReleased(var ids, var at)) {
              ids.forEach(id -> released.put(id, at));
            }
            if (row.event() instanceof RunEvent.WorkerSettled(var id, _, var at)) {
              var since = released.get(id);
              if (since != null) millis.add((double) Duration.between(since, at).toMillis());
            }
          });
    }
    if (ended.size() != 1 || millis.size() != workers) {
      throw new IOException("of %d workers %d ended".formatted(workers, millis.size()));
    }
    var seconds = Duration.between(began.getFirst(), ended.getFirst()).toMillis() / 1000.0;
    return Round.of(name())
        .with("perSecond", workers / seconds)
        .with("", millis.stream().mapToDouble(it -> it).toArray());
  }
}
