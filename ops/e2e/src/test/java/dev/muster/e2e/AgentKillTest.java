package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real node in the middle of a conversation. `AgentKillCampaign` does it after each
/// step, at random moments, and on several nodes.
@NeedsSandbox
class AgentKillTest {
  @TempDir Path folder;

  @Test
  void aCommandOfUnknownOutcomeIsLookedAtAndAnOperationIsNotRepeated() throws Exception {
    try (var kills = new AgentKills(folder)) {
      var effect = kills.muster().target().resolve("site/log");
      // Step 7 says that the command begins, after what was said in the room.
      assertThat(kills.live((steps, _) -> steps >= 7)).isTrue();
      assertThat(kills.live((_, _) -> Files.exists(effect))).isTrue();
      kills.finish();
      var told = kills.judged();
      assertThat(told.kills()).isEqualTo(2);
    }
  }
}
