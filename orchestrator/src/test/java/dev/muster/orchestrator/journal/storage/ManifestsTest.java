package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class ManifestsTest {
  private static final String NONE = Sha256.of("none");

  private final Vendor vendor;
  private Database database;
  private Manifests manifests;

  ManifestsTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = vendor.open(folder);
    manifests = new Manifests(database.source());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aLargePlanIsFoundByItsDigest() {
    var plan = plan(20_000);
    var digest = manifests.put(plan);
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(manifests.find(digest, RunPlan.class)).isEqualTo(plan);
    assertThat(manifests.find(NONE, RunPlan.class)).isNull();
  }

  @Test
  void storingTwiceAlsoAtOnceIsHarmless() {
    var plan = plan(1_000);
    var digests =
        IntStream.range(0, 4)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> manifests.put(plan)))
            .toList();
    assertThat(digests.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(manifests.find(manifests.put(plan), RunPlan.class)).isEqualTo(plan);
  }

  private static RunPlan plan(int workers) {
    return new RunPlan(
        "w",
        List.of(new RunPlan.Wave(1, "first", 100, false, FailurePolicy.CONTINUE)),
        IntStream.range(0, workers)
            .mapToObj(i -> "WORKER_%06d".formatted(i))
            .map(id -> new Planned(id, "One line", 1, Sha256.of(id), List.of(), null))
            .toList(),
        null);
  }
}
