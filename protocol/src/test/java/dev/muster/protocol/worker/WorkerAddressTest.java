package dev.muster.protocol.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.protocol.instruction.Labels;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerAddressTest {
  @Test
  void anOldEntityIdStaysWhatItWas() {
    var address = new WorkerAddress("run_1", "WORKER_014", List.of());
    assertThat(address.entityId()).isEqualTo("run_1/WORKER_014");
    assertThat(WorkerAddress.of("run_1/WORKER_014")).isEqualTo(address);
  }

  @Test
  void labelsStandInTheEntityIdAndNeverInTheNameOfTheJournal() {
    var address = new WorkerAddress("run_1", "WORKER_014", List.of("python3", "docker"));
    assertThat(address.entityId()).isEqualTo("run_1/WORKER_014/docker+python3");
    assertThat(address.key()).isEqualTo("run_1/WORKER_014");
    assertThat(WorkerAddress.of(address.entityId())).isEqualTo(address);
    assertThat(address.shardId()).startsWith("docker+python3/");
    assertThat(WorkerAddress.labelsOf(address.shardId())).containsExactly("docker", "python3");
  }

  @Test
  void whatNeedsNothingLivesInShardsForAnyNode() {
    var shard = new WorkerAddress("run_1", "WORKER_014", List.of()).shardId();
    assertThat(shard).startsWith("any/");
    assertThat(WorkerAddress.labelsOf(shard)).isEmpty();
  }

  @Test
  void labelsDoNotChangeWhichOfTheShardsItIs() {
    var plain = WorkerAddress.shardId("run_1/WORKER_014");
    var labelled = WorkerAddress.shardId("run_1/WORKER_014/docker");
    assertThat(labelled.substring(labelled.indexOf('/')))
        .isEqualTo(plain.substring(plain.indexOf('/')));
  }

  /// The hash is part of where running workers are looked for, on nodes of two versions at once.
  @Test
  void theShardOfAWorkerNeverChanges() {
    assertThat(WorkerAddress.shardId("run_1/WORKER_001")).isEqualTo("any/14");
  }

  @Test
  void aWorkforceSpreadsOverAllShards() {
    for (var run : List.of("run_1", "run_0mwov9sdyja9s", "run_0mwov9sdyja9t")) {
      var counts = new HashMap<String, Integer>();
      for (var n = 1; n <= 225; n++) {
        counts.merge(WorkerAddress.shardId(run + "/WORKER_%03d".formatted(n)), 1, Integer::sum);
      }
      assertThat(counts).hasSize(WorkerAddress.SHARDS_PER_LABELS);
      assertThat(counts.values()).allMatch(count -> count <= 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run_1", "/", "run_1/", "//", "a/b/c/d", "run_1/WORKER_1/", "\u0000"})
  void anyTextHasAShardAndOnlyAddressesAreRead(String text) {
    assertThat(WorkerAddress.shardId(text)).matches("(?s).*/\\d{1,2}");
    assertThatIllegalArgumentException().isThrownBy(() -> WorkerAddress.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "", "Docker", "a+b", "a/b", "a b", "-a", "ä"})
  void whatWouldBreakAnIdIsNoLabel(String label) {
    assertThat(Labels.valid(label)).isFalse();
  }

  @Test
  void labelsAreInTheJournal() {
    var plain = new Assignment("run_1", "WORKER_001", "d", "/t", List.of(), List.of(), false, 3);
    var event = new Assigned(plain.withLabels(List.of("gpu", "docker")), 0, Instant.EPOCH);
    var read = EventCodec.decode(EventCodec.encode(event), Assigned.class);
    assertThat(read).isEqualTo(event);
    assertThat(read.assignment().entityId()).isEqualTo("run_1/WORKER_001/docker+gpu");
  }
}
