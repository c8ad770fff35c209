package dev.muster.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A part of `mvn -Pcampaign verify`: a node that is alone dies at every boundary of a
/// conversation, and nothing that was paid for or done is paid for or done again.
@NeedsSandbox
class BoundaryCampaign {
  @Test
  void whereverTheNodeDiesNothingIsLostOrDoubled(@TempDir Path folder) throws Exception {
    var told =
        new LoneBoundaries(folder)
            .killed((them, operator, data) -> them.standEverywhere(operator, _ -> true, data));
    System.out.println("1 JVM: " + told);
  }
}
