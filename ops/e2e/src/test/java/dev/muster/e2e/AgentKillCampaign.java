package dev.muster.e2e;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A part of `mvn -Pcampaign verify`: nothing an agent did is lost or doubled, at whatever moments
/// its node ends. Each boundary has its turn in `BoundaryCampaign`.
@NeedsSandbox
class AgentKillCampaign {
  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("agent.seeds", 1));
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
