package dev.muster.e2e;

import static org.awaitility.Awaitility.await;

import dev.muster.e2e.boundary.Boundaries;
import dev.muster.e2e.rig.Operator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A part of `mvn -Pcampaign verify`: a node that is alone dies at every boundary of a
/// conversation, and nothing that was paid for or done is paid for or done again.
@NeedsSandbox
class BoundaryCampaign {
  @TempDir Path folder;
  private Muster muster;

  @BeforeEach
  void name() {
    muster = new Muster(folder).with("MUSTER_SLOTS", "64");
  }

  @Test
  void whereverTheNodeDiesNothingIsLostOrDoubled() throws Exception {
    try (var them = new Boundaries(muster.data().resolveSibling("them"), muster.results())) {
      muster.with("XDG_CONFIG_HOME", them.config().toString());
      var life = muster.options(them.options()).start("up");
      try {
        them.standEverywhere(operator(), _ -> true, List.of(muster.data()));
      } finally {
        life.kill();
      }
      var killed = them.died();
      Files.delete(address());
      try (var _ = muster.begin("up")) {
        System.out.println("1 JVM: " + them.judged(operator(), killed));
      }
    }
  }

  private Path address() {
    return muster.data().resolve("node.json");
  }

  /// Waits until the node says where it is.
  private Operator operator() throws IOException {
    await().atMost(Duration.ofMinutes(4)).until(() -> Files.exists(address()));
    var url = Journal.parse(Files.readString(address())).path("url").asText();
    var token = Files.readString(muster.data().resolve("operator.token")).strip();
    return new Operator(List.of(URI.create(url)), token, muster.results());
  }
}
