package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.boundary.Boundaries;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real node with conversations on it. `BoundaryCampaign` has one at every boundary,
/// `AgentKillCampaign` one at random moments, and `BoundariesMove` has several nodes.
@NeedsSandbox
class AgentKillTest {
  @Test
  void aCommandOfUnknownOutcomeIsLookedAtAndNothingElseIsRepeated(@TempDir Path folder)
      throws Exception {
    assertThat(new LoneBoundaries(folder).killed(Boundaries::standAtOneOfEachKind))
        .isEqualTo("4 boundaries, 1 questions asked again");
  }
}
