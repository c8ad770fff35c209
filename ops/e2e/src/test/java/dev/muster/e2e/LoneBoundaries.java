package dev.muster.e2e;

import dev.muster.e2e.boundary.Boundaries;
import dev.muster.e2e.rig.Operator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A node that is alone, and dies at boundaries of conversations.
final class LoneBoundaries {
  private final Muster muster;

  LoneBoundaries(Path folder) {
    muster = new Muster(folder).with("MUSTER_SLOTS", "64");
  }

  /// Has conversations come to where they are to stand.
  interface Way {
    void go(Boundaries boundaries, Operator operator, List<Path> data) throws IOException;
  }

  /// Kills the node when all of them stand, and carries on without a process.
  ///
  /// @return what came of it
  String killed(Way way) throws Exception {
    try (var them = new Boundaries(muster.data().resolveSibling("them"), muster.results())) {
      muster.with("XDG_CONFIG_HOME", them.config().toString());
      var life = muster.options(them.options()).start("up");
      try {
        way.go(them, operator(), List.of(muster.data()));
      } finally {
        life.kill();
      }
      var killed = them.died();
      Files.delete(address());
      try (var _ = muster.begin("up")) {
        return them.judged(operator(), killed);
      }
    }
  }

  private Path address() {
    return muster.data().resolve("node.json");
  }

  /// Waits until the node says where it is.
  private Operator operator() throws IOException, InterruptedException {
    for (var i = 0; i < 4_800 && !Files.exists(address()); i++) Thread.sleep(50);
    var url = Journal.parse(Files.readString(address())).path("url").asText();
    var token = Files.readString(muster.data().resolve("operator.token")).strip();
    return new Operator(List.of(URI.create(url)), token, muster.results());
  }
}
