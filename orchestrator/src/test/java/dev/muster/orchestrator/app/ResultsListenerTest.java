package dev.muster.orchestrator.app;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.KeptArtifacts;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.orchestrator.readside.table.ReadSide;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunPlan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsListenerTest {
  /// Three batches.
  private static final int WORKERS = 2 * DueResults.BATCH_MAX + 1;

  @TempDir Path folder;

  @Test
  void closingWritesEverythingThatIsDue() throws IOException {
    try (var journal = new Journal(Vendor.H2.open(folder))) {
      var workers =
          IntStream.range(0, WORKERS)
              .mapToObj(n -> planned("WORKER_%04d".formatted(n), 1))
              .toArray(Planned[]::new);
      journal.run(journal.created(folder.resolve("out"), false, workers));
      var runs = ReadSide.of(journal.database(), journal::now).runs();
      try (var listener =
          new ResultsListener(new ResultsWriter(runs, _ -> null, new KeptArtifacts()))) {
        for (var worker : workers) listener.settled(RUN, worker.id());
      }
      try (var files = Files.list(folder.resolve("out").resolve(RUN).resolve("workers"))) {
        assertThat(files).hasSize(WORKERS);
      }
    }
  }
}
