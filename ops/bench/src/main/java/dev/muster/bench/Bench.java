package dev.muster.bench;

import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/// Rounds of all engines in turn, so that what disturbs the machine disturbs each of them.
@Command(
    name = "bench",
    description = "Measure Muster, beside others where there are any. See ops/bench/README.md.")
public final class Bench implements Callable<Integer> {
  private static final int WORKERS_MAX = 1_000_000;

  private static final int ROUNDS_MAX = 1_000;

  enum Form {
    TEXT,
    JSON
  }

  @Parameters(paramLabel = "WORKLOAD", description = "${COMPLETION-CANDIDATES}.")
  Workload workload = Workload.W1;

  @Option(names = "--n", paramLabel = "N", description = "Workers (what the workload has).")
  int workers;

  @Option(names = "--rounds", paramLabel = "N", description = "Of each engine (${DEFAULT-VALUE}).")
  int rounds = 5;

  @Option(names = "--engines", split = ",", paramLabel = "NAME", description = "Only these.")
  List<String> engines = List.of();

  @Option(
      names = "--build",
      paramLabel = "NAME=CHECKOUT",
      description = "What W2 and further measure; may be repeated (muster=this checkout).")
  List<String> builds = List.of();

  @Option(names = "-o", paramLabel = "FORM", description = "text or json (text).")
  Form form = Form.TEXT;

  @Option(names = "--keep", paramLabel = "DIR", description = "Leave what was written, there.")
  Path keep = Path.of("");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  boolean help;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Bench::explain)
            .execute(args));
  }

  private static int explain(Exception e, CommandLine bench, ParseResult arguments)
      throws Exception {
    if (!(e instanceof IOException) && !(e instanceof Refusal)) throw e;
    System.err.println("bench: " + e.getMessage());
    return 1;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (workers == 0) workers = workload.workers();
    expect(workers >= 1 && workers <= WORKERS_MAX, "--n of 1 to " + WORKERS_MAX);
    expect(rounds >= 1 && rounds <= ROUNDS_MAX, "--rounds of 1 to " + ROUNDS_MAX);
    var kept = !keep.toString().isEmpty();
    expect(!kept || isNew(keep), "--keep of a folder that is new or empty");
    var folder = kept ? Files.createDirectories(keep.toAbsolutePath()) : temporary();
    try (var server = new Server(folder.resolve("postgres"))) {
      var report = new Report(workload, workers);
      var chosen = chosen(server);
      for (var round = 1; round <= rounds; round++) {
        for (var engine : chosen) {
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

  private void expect(boolean so, String what) {
    if (!so) throw new ParameterException(new CommandLine(this), "Expected " + what + ".");
  }

  private static boolean isNew(Path folder) throws IOException {
    if (!Files.exists(folder)) return true;
    if (!Files.isDirectory(folder)) return false;
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static Path temporary() throws IOException {
    return Files.createTempDirectory("muster-bench");
  }

  private List<Engine> chosen(Server server) {
    var home = Path.of(System.getProperty("muster.home", "")).toAbsolutePath();
    var built = builds.isEmpty() ? List.of("muster=" + home) : builds;
    var scope = new Scope(home, server, built.stream().map(Build::of).toList());
    var all = scope.engines(workload);
    var names = all.stream().map(Engine::name).toList();
    expect(names.containsAll(engines), "--engines of " + String.join(", ", names));
    return all.stream().filter(it -> engines.isEmpty() || engines.contains(it.name())).toList();
  }
}
