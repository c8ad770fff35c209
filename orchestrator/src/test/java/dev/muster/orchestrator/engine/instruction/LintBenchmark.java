package dev.muster.orchestrator.engine.instruction;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Comparator;

/// Lints many files and says how long it took. Run it with `-Xmx512m` from the test class path:
/// `java -Xmx512m … dev.muster.orchestrator.engine.instruction.LintBenchmark 10000`
final class LintBenchmark {
  private LintBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    var files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    var folder = Files.createTempDirectory("lint-benchmark");
    for (var n = 0; n < files; n++) {
      var sample = Sample.of("WORKER_%05d".formatted(n)).section("NOTES", "A line.\n".repeat(400));
      if (n > 0) sample.dependsOn("WORKER_%05d complete".formatted(n - 1));
      sample.write(folder.resolve("part" + n % 10));
    }
    var cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    var start = System.nanoTime();
    var workforce = Workforce.read(folder);
    var read = System.nanoTime();
    var summary = Linter.lint(workforce, Linter.Options.DEFAULT).summary();
    var end = System.nanoTime();
    var cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore;
    System.out.printf(
        "%s: read and compiled in %d ms, linted in %d ms (%d ms of CPU), heap at most %d MiB%n",
        summary,
        (read - start) / 1_000_000,
        (end - read) / 1_000_000,
        cpu / 1_000_000,
        Runtime.getRuntime().maxMemory() >> 20);
    try (var all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
