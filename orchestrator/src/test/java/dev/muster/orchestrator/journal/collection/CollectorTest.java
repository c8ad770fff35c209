package dev.muster.orchestrator.journal.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.muster.orchestrator.journal.collection.Collector.Collected;
import dev.muster.orchestrator.journal.collection.Collector.Limits;
import dev.muster.orchestrator.journal.storage.LeaseTable;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.storage.RunRows;
import dev.muster.orchestrator.journal.storage.StoredLogs;
import dev.muster.orchestrator.journal.storage.StoredLogs.AttemptId;
import dev.muster.orchestrator.journal.storage.StoredLogs.StoredLog;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class CollectorTest {
  private static final Instant NOW = Journal.T0;
  private static final Instant OLD = NOW.minus(Duration.ofHours(25));

  private final Vendor vendor;
  @TempDir private Path folder;
  private Journal journal;
  private final ShelvedContents store = new ShelvedContents();
  private int made;

  CollectorTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open() {
    journal = new Journal(vendor.open(folder));
    new CollectionTable(journal.database()).store("one");
    makeDue();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private static boolean goesOn() {
    return false;
  }

  private void makeDue() {
    journal.execute(
        "UPDATE artifact_collection SET due_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");
  }

  private Collector node(String name, int removedMax) {
    return new Collector(
        journal.database(),
        store.artifacts,
        store,
        new Limits(Duration.ofDays(1), removedMax),
        name,
        InstantSource.fixed(NOW));
  }

  private Collected collect() throws Exception {
    return Objects.requireNonNull(node("node-a", 100).collectIfDue(CollectorTest::goesOn));
  }

  private String unnamed() {
    return store.put(("content " + made++).getBytes(UTF_8), OLD);
  }

  /// What a worker of the run has frozen, with a file that only the list of frozen files names.
  private String frozen() {
    var inside = unnamed();
    var list = store.put("list of %s and more".formatted(inside).getBytes(UTF_8), OLD);
    var step = new StepResult("block 1", 0, Duration.ZERO, "", 0, null);
    var outcome = new OperationOutcome(step, 1, false, new Frozen(3, 1, "basis", list));
    journal.gate(new OutcomeRecorded("apr_1_a", outcome, NOW));
    return inside;
  }

  private void delete(String run) {
    var rows = new RunRows(journal.database());
    var _ = rows.deleteMost(run, List.of(Origin.gate(run).persistenceId()));
    var _ = rows.deleteLast(run, Origin.run(run).persistenceId());
  }

  @Test
  void whatAnythingNamesStaysAndTheRestGoes() throws Exception {
    var log = unnamed();
    new StoredLogs(journal.database())
        .remember(
            new AttemptId(Journal.RUN, "WORKER_001", 1), new StoredLog(log, 1, "node-a"), NOW);
    var target = unnamed();
    var takenOver = unnamed();
    var created = journal.created();
    var manifest = new Manifests(journal.database()).put(new Artifact("out", takenOver, 1, false));
    journal.run(
        new RunCreated(
            Journal.RUN, null, created.settings().withTargetArtifact(target), NOW, manifest));
    var inside = frozen();
    var noEventNamesThisManifest = unnamed();
    var _ =
        new Manifests(journal.database())
            .put(new Artifact("out", noEventNamesThisManifest, 1, false));
    var gone = List.of(unnamed(), unnamed(), noEventNamesThisManifest);
    var young = store.put("young".getBytes(UTF_8), NOW.minus(Duration.ofHours(23)));
    assertThat(collect()).isEqualTo(new Collected(9, 3, 3, null));
    assertThat(store.putAt).containsKeys(log, target, takenOver, inside, young);
    assertThat(store.putAt).doesNotContainKeys(gone.toArray(String[]::new));
    var last = new CollectionTable(journal.database()).last();
    assertThat(last.removed()).isEqualTo(3);
    assertThat(last.endedAt()).isEqualTo(NOW);
    assertThat(node("node-b", 100).collectIfDue(CollectorTest::goesOn)).as("once a day").isNull();
  }

  @Test
  void whatOnlyADeletedRunNamedGoesButNotAtOnce() throws Exception {
    journal.run(journal.created());
    var inside = frozen();
    assertThat(collect().removed()).isZero();
    delete(Journal.RUN);
    makeDue();
    assertThat(collect().removed()).isEqualTo(2);
    assertThat(store.putAt).doesNotContainKey(inside);
    makeDue();
    delete("run_0002");
    assertThat(node("node-a", 100).collectIfDue(CollectorTest::goesOn))
        .as("not within five minutes")
        .isNull();
  }

  @Test
  void aRunThatIsDeletedMeanwhilePutsItOff() throws Exception {
    journal.run(journal.created());
    frozen();
    var asked = new AtomicInteger();
    var collected =
        node("node-a", 100)
            .collectIfDue(() -> {
              if (asked.incrementAndGet() == 2) delete(Journal.RUN);
              return false;
            });
    assertThat(collected).isEqualTo(new Collected(0, 0, 0, "a run was deleted meanwhile"));
    assertThat(store.putAt).hasSize(2);
    assertThat(node("node-a", 100).collectIfDue(CollectorTest::goesOn)).as("put off").isNull();
  }

  @Test
  void oneNodeDoesItAtATime() throws Exception {
    unnamed();
    var leases = new LeaseTable(journal.database());
    assertThat(leases.take("artifact-collection", "node-b", Duration.ofMinutes(1))).isTrue();
    assertThat(node("node-a", 100).collectIfDue(CollectorTest::goesOn)).isNull();
    assertThat(store.putAt).hasSize(1);
    leases.release("artifact-collection", "node-b");
    assertThat(collect().removed()).isEqualTo(1);
  }

  @Test
  void whoeverLosesTheLeaseStops() throws Exception {
    for (var i = 0; i < 5; i++) unnamed();
    store.removal =
        _ ->
            journal.execute("UPDATE lease SET owner = 'node-b' WHERE name = 'artifact-collection'");
    var collected = collect();
    assertThat(collected.removed()).isLessThan(5);
    assertThat(collected.said()).isEqualTo("another node has taken over");
  }

  @Test
  void aCrashBetweenTwoRemovalsLeavesTheRestForTheNextNode() throws Exception {
    for (var i = 0; i < 5; i++) unnamed();
    var kept = frozen();
    var removals = new AtomicInteger();
    store.removal =
        _ -> {
          if (removals.incrementAndGet() == 3) throw new IOException("killed");
        };
    assertThatIOException().isThrownBy(this::collect).withMessage("killed");
    assertThat(store.putAt).hasSize(5);
    store.removal = _ -> {};
    var next = Objects.requireNonNull(node("node-b", 100).collectIfDue(CollectorTest::goesOn));
    assertThat(next).isEqualTo(new Collected(5, 3, 3, null));
    assertThat(store.putAt).containsKey(kept);
  }

  @Test
  void whatIsPutAgainJustThenStays() throws Exception {
    var again = unnamed();
    store.removal = sha256 -> store.putAt.put(sha256, NOW);
    assertThat(collect()).isEqualTo(new Collected(1, 0, 0, null));
    assertThat(store.putAt).containsKey(again);
  }

  @Test
  void noMoreGoAtOnceThanTheLimit() throws Exception {
    for (var i = 0; i < 5; i++) unnamed();
    var collected = Objects.requireNonNull(node("node-a", 2).collectIfDue(CollectorTest::goesOn));
    assertThat(collected.removed()).isEqualTo(2);
    assertThat(collected.said()).isEqualTo("there is more to remove");
    assertThat(store.putAt).hasSize(3);
  }

  @Test
  void nothingGoesWhileTheListOfAFrozenWorkspaceCannotBeRead() throws Exception {
    frozen();
    var gone = unnamed();
    var silent =
        new Collector(
            journal.database(),
            new SilentArtifacts(),
            store,
            new Limits(Duration.ofDays(1), 100),
            "node-a",
            InstantSource.fixed(NOW));
    assertThatIOException()
        .isThrownBy(() -> silent.collectIfDue(CollectorTest::goesOn))
        .withMessage("away");
    assertThat(store.putAt).hasSize(3).containsKey(gone);
  }

  @Test
  void aStopEndsItAtTheNextPage() throws Exception {
    unnamed();
    var collected = node("node-a", 100).collectIfDue(() -> true);
    assertThat(collected).isEqualTo(new Collected(0, 0, 0, "the node stops"));
  }
}
