package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A part of `mvn -Pcampaign verify`: nothing an agent did is lost or doubled, whenever its node
/// ends.
@NeedsSandbox
class AgentKillCampaign {
  /// A worker that was interrupted 20 times fails.
  private static final int KILLS_MAX = 15;

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("crash.seeds", 1));
  }

  /// Each life takes two new steps: whoever ends after the first of a command never gets past it.
  @Test
  void killedAfterEachStep() throws Exception {
    try (var kills = new AgentKills(folder)) {
      var lives = 1;
      while (lives <= KILLS_MAX) {
        var steps = lives == 1 ? 1 : 2;
        if (!kills.live((now, before) -> now >= before + steps)) break;
        lives++;
      }
      kills.finish();
      assertThat(kills.judged().kills()).isGreaterThanOrEqualTo(6);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void killedAtRandomMoments(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    try (var kills = new AgentKills(folder)) {
      for (var life = 0; life < 4; life++) {
        var steps = random.nextInt(0, 5);
        var millis = random.nextInt(0, 400);
        var killed =
            kills.live((now, before) -> {
              if (now < before + steps) return false;
              Thread.sleep(millis);
              return true;
            });
        if (!killed) break;
      }
      kills.finish();
      kills.judged();
    }
  }
}
