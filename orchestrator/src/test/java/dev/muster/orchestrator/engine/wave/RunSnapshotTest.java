package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunSnapshotTest {
  private static final RunSnapshot.Serializer SERIALIZER = new RunSnapshot.Serializer();

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 50));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsReadIsWhatWasWritten(long seed) {
    var random = new SplittableRandom(seed);
    var simulation = new Simulation(Simulation.plan(random), random);
    for (var step = 0; step < 40 && !simulation.state.finished(); step++) {
      simulation.step(25);
      var written = SERIALIZER.toBinary(RunSnapshot.of(simulation.state));
      var read = (RunSnapshot) SERIALIZER.fromBinary(written, "run-1");
      assertThat(read.restored(_ -> null))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(simulation.state);
    }
  }

  @Test
  void oneOfAnotherFormOrDamagedIsRefused() {
    var random = new SplittableRandom(1);
    var written =
        SERIALIZER.toBinary(RunSnapshot.of(new Simulation(Simulation.plan(random), random).state));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SERIALIZER.fromBinary(written, "run-2"))
        .withMessageContaining("run-2");
    written[written.length / 2] ^= 1;
    assertThatThrownBy(() -> SERIALIZER.fromBinary(written, "run-1"))
        .isInstanceOf(RuntimeException.class);
  }
}
