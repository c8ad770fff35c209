package dev.muster.orchestrator.engine.instruction;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// What a pause in typing costs in a large folder: `java … TypingBenchmark [files]`.
final class TypingBenchmark {
  private static final int PAUSES = 30;

  private TypingBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var files = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
    var folder = Files.createTempDirectory("typing-benchmark");
    Path last = folder;
    for (var n = 0; n < files; n++) {
      var sample =
          Sample.of("WORKER_%05d".formatted(n))
              .section("DELIVERABLES", "- [ ] `out/" + n + ".txt`")
              .section("NOTES", "A line.\n".repeat(50));
      if (n > 0) sample.dependsOn("WORKER_%05d complete".formatted(n - 1));
      last = sample.write(folder.resolve("part" + n % 10));
    }
    var begun = cpu();
    var neighbours = Neighbours.read(folder, null);
    say("reading it first", cpu() - begun);
    begun = cpu();
    neighbours = Neighbours.read(folder, neighbours);
    say("looking whether it has changed, every 10 s", cpu() - begun);
    var file = InstructionFiles.display(last);
    var text = Files.readString(last);
    for (var relation : new boolean[] {false, true}) {
      var most = 0L;
      begun = cpu();
      for (var n = 0; n < PAUSES; n++) {
        var at = cpu();
        neighbours.hasChanged();
        var another =
            text.replaceAll("WORKER_[0-9]+ complete", "WORKER_%05d complete".formatted(n));
        var now = relation ? another : text + "more ".repeat(n);
        neighbours.judge(file, now.getBytes(StandardCharsets.UTF_8));
        if (n > PAUSES / 2) most = Math.max(most, cpu() - at);
      }
      var what = relation ? "a pause that moves dependencies" : "a pause in a sentence";
      say(what + " (mean)", (cpu() - begun) / PAUSES);
      say(what + " (most of the later half)", most);
    }
    try (var all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  /// Of all threads.
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void say(String what, long nanos) {
    System.out.printf("%s: %.1f ms of processor%n", what, nanos / 1e6);
  }
}
