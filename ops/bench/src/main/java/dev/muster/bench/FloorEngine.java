package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The scripts of a workforce in the sandbox that Muster uses, by `xargs -P 2` and without Muster.
///
/// @param shared whether workers find what others have left
record FloorEngine(Path home, boolean shared, Scripts scripts) implements Engine {
  /// What is to be carried out.
  interface Scripts {
    /// @param folder gets `levels` and `scripts`, as `ops/bench/floor` reads them
    /// @param target gets what workers read
    void write(int workers, Path folder, Path target) throws IOException, InterruptedException;
  }

  @Override
  public String name() {
    return "floor";
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var place = Files.createDirectory(folder.resolve("floor"));
    var target = Files.createDirectory(folder.resolve("target"));
    scripts.write(workers, place, target);
    var script = home.resolve("ops/bench/floor").toString();
    var command =
        shared
            ? List.of(script, place.toString(), target.toString(), "shared")
            : List.of(script, place.toString(), target.toString());
    return Timed.run(folder, Map.of(), command).on(Round.of(name()));
  }

  /// @param name of a worker
  static void worker(Path folder, String level, String name, List<String> scripts)
      throws IOException {
    var levels = Files.createDirectories(folder.resolve("levels"));
    var file = levels.resolve(level);
    Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + name + "\n");
    var own = Files.createDirectories(folder.resolve("scripts").resolve(name));
    for (var i = 0; i < scripts.size(); i++) {
      Files.writeString(own.resolve("%03d".formatted(i)), scripts.get(i) + "\n");
    }
  }
}
