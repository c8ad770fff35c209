package dev.muster.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.worker.WorkerAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final String WORKER = "run_1/WORKER_001";
  private static final String SHARD = WorkerAddress.shardId(WORKER);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Departures departures = new Departures(nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void noAttemptBeginsInAShardThatLeaves() {
    assertThat(departures.mayLeave(SHARD)).isTrue();
    assertThat(departures.mayBegin(WORKER)).isFalse();
    assertThat(departures.mayBegin("run_1/WORKER_001/gpu")).isTrue();
  }

  @Test
  void noShardLeavesInWhichAnAttemptIsBeginning() {
    assertThat(departures.mayBegin(WORKER)).isTrue();
    assertThat(departures.mayLeave(SHARD)).isFalse();
    assertThat(departures.mayLeave("any/99")).isTrue();
    departures.hasBegun(WORKER);
    assertThat(departures.mayLeave(SHARD)).isTrue();
  }

  @Test
  void aShardThatStaysAfterAllIsFree() {
    departures.mayLeave(SHARD);
    departures.stays(SHARD);
    assertThat(departures.mayBegin(WORKER)).isTrue();
  }

  @Test
  void whoNeverSaysHowItEndedIsForgotten() {
    departures.mayLeave(SHARD);
    pass(Duration.ofSeconds(19));
    assertThat(departures.mayLeave(SHARD)).as("asked again").isFalse();
    assertThat(departures.mayBegin(WORKER)).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(departures.mayBegin(WORKER)).isTrue();
    pass(Duration.ofSeconds(29));
    assertThat(departures.mayLeave(SHARD)).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(departures.mayLeave(SHARD)).isTrue();
  }
}
