package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Rounds of all engines in turn, so that what disturbs the machine disturbs each of them.
@Command(
    name = "bench",
    description = "Measure Muster beside others. W1: N durable workers that execute nothing.")
public final class Bench implements Callable<Integer> {
  enum Workload {
    W1
  }

  enum Form {
    TEXT,
    JSON
  }

  @Parameters(paramLabel = "WORKLOAD", description = "W1.")
  Workload workload = Workload.W1;

  @Option(names = "--n", paramLabel = "N", description = "Workers (${DEFAULT-VALUE}).")
  int workers = 2_000;

  @Option(names = "--rounds", paramLabel = "N", description = "Of each engine (${DEFAULT-VALUE}).")
  int rounds = 5;

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAME",
      description = "muster-h2, muster-postgres, floor; all of them.")
  List<String> engines = List.of();

  @Option(names = "-o", paramLabel = "FORM", description = "text or json (text).")
  Form form = Form.TEXT;

  @Option(names = "--keep", paramLabel = "DIR", description = "Leave what was written, there.")
  Path keep = Path.of("");

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var kept = !keep.toString().isEmpty();
    var folder = kept ? Files.createDirectories(keep.toAbsolutePath()) : temporary();
    try (var server = Server.start(folder.resolve("postgres"))) {
      var report = new Report(workload.name(), workers);
      for (var round = 1; round <= rounds; round++) {
        for (var engine : chosen(server)) {
          var place = folder.resolve(engine.name() + "-" + round);
          Files.createDirectory(place);
          var measured = engine.round(workers, place);
          report.add(measured);
          System.err.println(round + " " + measured);
          if (!kept) Folders.delete(place);
        }
      }
      System.out.println(form == Form.JSON ? report.json() : report.text());
    } finally {
      if (!kept) Folders.delete(folder);
    }
    return 0;
  }

  private static Path temporary() throws IOException {
    return Files.createTempDirectory("muster-bench");
  }

  private List<Engine> chosen(Server server) {
    var home = Path.of(System.getProperty("muster.home", "")).toAbsolutePath();
    var all =
        List.of(
            new MusterEngine("muster-h2", home, null),
            new MusterEngine("muster-postgres", home, server),
            new JdbcEngine("floor", Floor.class, server));
    var chosen = new ArrayList<Engine>(all);
    if (!engines.isEmpty()) chosen.removeIf(engine -> !engines.contains(engine.name()));
    return chosen;
  }
}
