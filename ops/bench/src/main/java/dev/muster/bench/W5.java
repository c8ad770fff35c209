package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `muster run` of workers that wait for nobody, each `echo hi > out.txt` and a test of one line.
record W5(Build build) implements Engine {
  static List<Engine> engines(Scope scope) {
    var engines = new ArrayList<Engine>();
    for (var build : scope.builds()) engines.add(new W5(build));
    engines.add(
        new FloorEngine(
            scope.home(),
            false,
            (workers, folder, _) -> {
              for (var i = 1; i <= workers; i++) {
                FloorEngine.worker(
                    folder, "1", "WORKER_" + i, List.of(Workforces.SCRIPT, Workforces.TEST));
              }
            }));
    return engines;
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var workforce = folder.resolve("workforce");
    Workforces.add(workforce, 1, workers, 1, Workforces.block("", Workforces.SCRIPT));
    var target = Files.createDirectory(folder.resolve("target"));
    var timed =
        build.muster(
            folder,
            Map.of("MUSTER_SLOTS", "2"),
            "run",
            workforce.toString(),
            "--target",
            target.toString(),
            "--no-input");
    return timed.on(Round.of(name()));
  }
}
