package dev.muster.orchestrator.readside.result;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class ResultsFilesTest extends ResultsScene {
  ResultsFilesTest(Vendor vendor) {
    super(vendor);
  }

  @Test
  void aDeliverableMayBeNamedAsLongAsANameCanBe() {
    twoWorkers();
    var name = "out/" + "n".repeat(255);
    store("b", "12345");
    complete("WORKER_001", receipt(name, "b", step("test 1", 0)));
    writer.writeRun(RUN, null);
    assertThat(folder.resolve("out/run_0001/deliverables").resolve(name)).hasContent("12345");
  }

  @Test
  void deliverablesLieWhereOperatorsLookAndTheLatestWaveWins() throws IOException {
    twoWorkers();
    complete("WORKER_002", receipt("out/report.md", "b", step("test 1", 0)));
    complete("WORKER_001", receipt("out/report.md", "a", step("test 1", 0)));
    store("a", "early");
    store("b", "late");
    writer.writeAll(RUN, null);
    writer.writeAll(RUN, null);
    assertThat(folder.resolve("out/run_0001/deliverables/out/report.md")).hasContent("late");
    assertThat(folder.resolve("out/run_0001/conflicts/WORKER_001/out/report.md"))
        .hasContent("early");
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(5);
    }
  }

  @Test
  void twoVersionsOfOnePathAreBothOnDiskAndSaidInTheSummary() throws IOException {
    journal.run(
        journal.created(
            folder.resolve("out"), false, planned("WORKER_001", 1), planned("WORKER_002", 1)));
    complete("WORKER_001", receipt("report.txt", "a", step("test 1", 0)));
    complete("WORKER_002", receipt("report.txt", "b", step("test 1", 0)));
    store("a", "one");
    store("b", "two");

    var report = writer.writeRun(RUN, null);

    var run = folder.resolve("out/run_0001");
    assertThat(run.resolve("deliverables/report.txt")).hasContent("two");
    assertThat(run.resolve("conflicts/WORKER_001/report.txt")).hasContent("one");
    assertThat(report.conflictsTotal()).isOne();
    assertThat(summary().at("/conflicts/items/0/path").asText()).isEqualTo("report.txt");
    assertThat(summary().at("/conflicts/items/0/stands").asText()).isEqualTo("WORKER_002");
  }

  @Test
  void aNameAsLongAsNamesCanBeIsWritten() throws IOException {
    twoWorkers();
    var name = "n".repeat(255);
    complete("WORKER_001", receipt(name, "a", step("test 1", 0)));
    store("a", "content");
    writer.writeRun(RUN, null);
    assertThat(folder.resolve("out/run_0001/deliverables").resolve(name)).hasContent("content");
  }

  @Test
  void oneThatCannotBeWrittenCostsNoOther() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("n".repeat(256), "a", step("test 1", 0)));
    complete("WORKER_002", receipt("b.txt", "b", step("test 1", 0)));
    store("a", "content");
    store("b", "other");

    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("nnn")
        .withMessageContaining("too long");

    assertThat(folder.resolve("out/run_0001/deliverables/b.txt")).hasContent("other");
    assertThat(summary().path("state").asText()).isEqualTo("RUNNING");
  }

  @Test
  void whatCannotBeWrittenWhereItBelongsIsWrittenElsewhere() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("a.txt", "a", step("test 1", 0)));
    store("a", "content");
    Files.writeString(folder.resolve("out"), "a file where the folder should be");

    var report = writer.writeAll(RUN, null, folder.resolve("other"));

    assertThat(report.folder()).isEqualTo(folder.resolve("other/run_0001").toString());
    assertThat(folder.resolve("other/run_0001/deliverables/a.txt")).hasContent("content");
    assertThat(folder.resolve("other/run_0001/workers/WORKER_001.json")).exists();
  }

  @Test
  void aDeliverableNeverLeavesItsFolder() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("../../../escaped", "a", step("test 1", 0)));
    complete("WORKER_002", receipt("/tmp/escaped\0", "a", step("test 1", 0)));
    store("a", "content");
    writer.writeAll(RUN, null);
    assertThat(folder.resolve("escaped")).doesNotExist();
    assertThat(folder.resolve("out/run_0001/deliverables")).doesNotExist();
  }

  @Test
  void anUnwritableFolderIsExplained() throws IOException {
    twoWorkers();
    Files.writeString(folder.resolve("out"), "a file where the folder should be");
    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("execution_summary.json")
        .withMessageContaining("muster results");
  }

  @Test
  void whatANodeLeftUnwrittenIsWrittenByTheNextOnce() throws IOException {
    twoWorkers();
    complete("WORKER_001", receipt("a.txt", "a", step("test 1", 0)));
    store("a", "content");
    assertThat(writer.owedSince(RUN)).as("it has not ended").isNull();
    var ended = journal.now();
    journal.run(new RunFinished(RunPhase.COMPLETED, 1, ended));
    assertThat(writer.owedSince(RUN)).as("also where nothing was begun").isEqualTo(ended);
    var report = writer.writeAll(RUN, null);
    assertThat(folder.resolve("out/run_0001/deliverables/a.txt")).hasContent("content");
    assertThat(writer.owedSince(RUN)).as("the journal does not know yet").isEqualTo(ended);
    journal.run(ResultsReport.failed(report.folder(), "no space").at(journal.now()));
    assertThat(writer.owedSince(RUN)).as("there may be room by now").isEqualTo(ended);
    journal.run(report.at(journal.now()));
    assertThat(writer.owedSince(RUN)).as("written and known").isNull();
    Files.delete(folder.resolve("out/run_0001/execution_summary.json"));
    assertThat(writer.owedSince(RUN)).as("begun anew and not ended").isEqualTo(ended);
    Files.move(folder.resolve("out/run_0001"), folder.resolve("out/elsewhere"));
    assertThat(writer.owedSince(RUN)).as("removed by somebody").isNull();
  }

  /// Somebody who may write there puts a link in the way while the run goes on.
  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    twoWorkers();
    store("b", "EVIL");
    complete("WORKER_001", receipt("out/report.md", "b", step("test 1", 0)));
    var victim = Files.createDirectories(folder.resolve("victim/out"));
    Files.writeString(victim.resolve("report.md"), "keep");
    var run = Files.createDirectories(folder.resolve("out/run_0001"));
    Files.createSymbolicLink(run.resolve("deliverables"), folder.resolve("victim"));
    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("deliverables is a link to");
    assertThat(victim.resolve("report.md")).hasContent("keep");

    Files.delete(run.resolve("deliverables"));
    Files.move(folder.resolve("out"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("out"), folder.resolve("elsewhere"));
    assertThatExceptionOfType(ResultsException.class)
        .isThrownBy(() -> writer.writeRun(RUN, null))
        .withMessageContaining("out is a link to");
  }
}
