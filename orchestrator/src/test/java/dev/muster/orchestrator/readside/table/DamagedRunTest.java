package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.run.RunEvent.HoldEnded;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class DamagedRunTest {
  private final Vendor vendor;
  private Journal journal;
  private ReadSide readSide;

  DamagedRunTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(vendor.open(folder));
    readSide = ReadSide.of(journal.database(), journal::now);
    for (var run : List.of("run_a", "run_b")) {
      journal.write(Origin.run(run), journal.created(planned("WORKER_001", 1)));
    }
    journal.write(Origin.run("run_a"), new RunContinued("node-a", journal.now()));
    journal.execute(
        "UPDATE \"event_journal\" SET \"event_ser_manifest\" = 'FromTheFuture'"
            + " WHERE \"ordering\" = 3");
    journal.write(Origin.run("run_b"), new RunFinished(RunPhase.COMPLETED, 1, journal.now()));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private List<String> listed() {
    var selection = new Selection(List.of(), "id", true, null, 50);
    return readSide.runs().page(selection).items().stream()
        .map(found -> found.item().id())
        .toList();
  }

  @Test
  void itIsNamedAndHidesNoOther() {
    assertThat(listed()).containsExactly("run_b");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> readSide.runs().run("run_a"))
        .withMessageContaining("FromTheFuture")
        .withMessageContaining("Run|run_a");
    assertThat(Objects.requireNonNull(readSide.runs().run("run_b")).state())
        .isEqualTo(RunPhase.COMPLETED);
    assertThat(readSide.tail().problem()).as("the reader is well").isNull();
  }

  @Test
  void itsWorkersAreNotShownWhereTheyOnceStood() {
    var all = new Selection(List.of(), "id", false, null, 50);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> readSide.runs().workers("run_a", all))
        .withMessageContaining("FromTheFuture");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> readSide.runs().detail("run_a", "WORKER_001"));
    assertThat(readSide.runs().workers("run_b", all).items()).hasSize(1);
  }

  @Test
  void oneWhosePlanIsMissingIsLeftOutAndHidesNoOther() {
    var whole = journal.created(planned("WORKER_001", 1));
    journal.write(
        Origin.run("run_c"),
        new RunCreated("run_c", null, whole.settings(), whole.at(), "0".repeat(64)));
    journal.writeAt(1_000, Origin.run("run_d"), whole);
    assertThat(listed()).as("one that carries its plan is read").containsExactly("run_d", "run_b");
    assertThat(readSide.tail().problem()).as("the reader is well").isNull();
  }

  @Test
  void itsSupervisorIsWokenAllTheSame() {
    assertThat(readSide.runs().unfinished()).containsExactly("run_a");
  }

  @Test
  void aVersionThatKnowsTheEventTellsOfItOnceItIsBuiltAnew() {
    assertThat(listed()).hasSize(1);
    journal.execute(
        "UPDATE \"event_journal\" SET \"event_ser_manifest\" = 'RunContinued'"
            + " WHERE \"ordering\" = 3");
    readSide.tail().rebuild(RunsReader.NAME);
    assertThat(listed()).containsExactly("run_b", "run_a");
    assertThat(Objects.requireNonNull(readSide.runs().run("run_a")).resumes()).isOne();
  }

  @Test
  void timesThatNobodyCanReckonWithDamageTheirOwnRunOnly() {
    for (var run : List.of("run_c", "run_d", "run_e")) {
      journal.write(Origin.run(run), journal.created(planned("WORKER_001", 1)));
    }
    var first = Instant.ofEpochMilli(Long.MIN_VALUE);
    var last = Instant.ofEpochMilli(Long.MAX_VALUE);
    journal.write(
        Origin.run("run_c"),
        new HoldBegan(1, Hold.Kind.HEADROOM, "no headroom", first),
        new HoldEnded(1, Hold.Kind.HEADROOM, last));
    journal.write(
        Origin.worker("run_d", "WORKER_001"), new AttemptStarted(1, "node-a", "x", Instant.MAX));
    assertThat(listed()).containsExactly("run_e", "run_b");
    assertThat(readSide.tail().problem()).isNull();
  }
}
