package dev.muster.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.boundary.Boundaries;
import dev.muster.e2e.rig.Network;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A part of `mvn -Pcampaign verify`: a worker node of a cluster dies at every boundary of a
/// conversation, which goes on on the other one.
@Order(2)
@ResourceLock(Network.LOOPBACK)
class BoundariesMove {
  private static final String VICTIM = "w1";
  private static final String HEIR = "w2";

  @TempDir Path folder;

  @Test
  void whereverItsNodeDiesTheConversationGoesOnOnTheOther() throws Exception {
    var rig = new Rig(folder, Network.loopback(), 1, 2, 16);
    try (var boundaries = new Boundaries(folder.resolve("them"), rig.results())) {
      var config = boundaries.config().toString();
      rig.nodes().forEach(node -> node.with("XDG_CONFIG_HOME", config));
      rig.node(VICTIM).options(boundaries.options());
      try (var scene = new Scene(rig)) {
        rig.operator().drain(HEIR, true);
        boundaries.standEverywhere(
            rig.operator(),
            entity -> entity.startsWith("Worker|"),
            List.of(rig.node(VICTIM).data()));
        rig.node(VICTIM).kill();
        var killed = boundaries.died();
        rig.operator().drain(HEIR, false);
        var told = boundaries.judged(rig.operator(), killed);
        assertThat(scene.broken()).isEqualTo(List.of());
        System.out.printf("1 + 2 JVMs, %s died, %s went on: %s%n", VICTIM, HEIR, told);
      }
    }
  }
}
