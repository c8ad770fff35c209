package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Operations that `--approve low` answers, while N others of the same run wait for a decision;
/// from the journal's `ApprovalRequested` to the script's own clock, sandbox included. (Of one run
/// 1,000 may wait, and nobody is released beyond that.)
record W7(Build build) implements Engine {
  private static final int ASKING = 100;

  static List<Engine> engines(Scope scope) {
    return scope.builds().stream().<Engine>map(W7::new).toList();
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var workforce = folder.resolve("workforce");
    Workforces.add(
        workforce,
        1,
        workers,
        1,
        Workforces.block(
            " operation=config_change writes=\".\" reads=\"none\"", Workforces.SCRIPT));
    Workforces.add(
        workforce,
        workers + 1,
        ASKING,
        1,
        Workforces.block(
            " operation=file_write writes=\"times/NUMBER\" reads=\"none\"",
            "date +%s%3N > \"$MUSTER_TARGET/times/NUMBER/at\"\n" + Workforces.SCRIPT));
    var target = Files.createDirectory(folder.resolve("target"));
    var times = Files.createDirectory(target.resolve("times"));
    // One for each: who is asked about a folder that others write in is asked again.
    for (var i = 1; i <= workers + ASKING; i++) {
      Files.createDirectory(times.resolve("%06d".formatted(i)));
    }
    Files.writeString(target.resolve("none"), "");
    var run =
        build.start(
            folder,
            Map.of("MUSTER_SLOTS", "2"),
            "run",
            workforce.toString(),
            "--target",
            target.toString(),
            "--approve",
            "low",
            "--no-input");
    var code = run.waitFor();
    if (code != 6) throw new IOException("the run ended with " + code + " instead of held");
    var events = build.events(folder, Map.of());
    var waited =
        events
            .of("ApprovalRequested")
            .filter(it -> Files.exists(left(times, it)))
            .mapToDouble(it -> millis(it.at(), left(times, it)))
            .toArray();
    if (waited.length != ASKING) throw new IOException(waited.length + " of 100 were carried out");
    return Round.of(name()).with("requestToExecution", waited);
  }

  private static Path left(Path times, Events.Event asked) {
    return times.resolve(asked.text("worker").substring("WORKER_".length())).resolve("at");
  }

  private static double millis(Instant asked, Path file) {
    try {
      var began = Instant.ofEpochMilli(Long.parseLong(Files.readString(file).strip()));
      return Duration.between(asked, began).toNanos() / 1e6;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
