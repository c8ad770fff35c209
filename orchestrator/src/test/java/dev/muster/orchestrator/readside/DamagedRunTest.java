package dev.muster.orchestrator.readside;

import static dev.muster.orchestrator.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.journal.JournalException;
import dev.muster.orchestrator.journal.Origin;
import dev.muster.orchestrator.storage.Vendor;
import dev.muster.orchestrator.view.Journal;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPhase;
import java.nio.file.Path;
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
    return readSide.runs().page(selection).stream().map(found -> found.item().id()).toList();
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
}
