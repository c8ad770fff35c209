package dev.muster.orchestrator.readside.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.text.Visible;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `<results>/<run>/` from the journal, in whole or in part, as often as anybody likes.
///
/// Every method blocks, throws `ResultsException` when the folder cannot be written and
/// `IllegalArgumentException` for a run or worker that the journal does not know.
public final class ResultsWriter {
  /// Finds a compiled instruction by its digest.
  @FunctionalInterface
  public interface Instructions {
    @Nullable WorkerInstruction find(String digest);
  }

  private static final int CONFLICTS_SHOWN_MAX = 50;
  private static final int BATCH_MAX = 200;

  private final RunViews views;
  private final Instructions instructions;
  private final Artifacts artifacts;

  public ResultsWriter(RunViews views, Instructions instructions, Artifacts artifacts) {
    this.views = views;
    this.instructions = instructions;
    this.artifacts = artifacts;
  }

  /// Where contents are by their digests.
  public Artifacts artifacts() {
    return artifacts;
  }

  /// Writes the worker's own file, once it has settled.
  public Path writeWorker(String run, String worker) {
    return writeWorker(folder(run), run, worker);
  }

  /// Writes the files of these workers, which have settled.
  public void writeWorkers(String run, List<String> workers) {
    var failures = new Failures();
    writeWorkers(folder(run), run, workers, failures, ResultsWriter::nothing);
    failures.raise();
  }

  /// Writes `execution_summary.json` and the deliverables: when a run finishes or is held. What can
  /// be written is, also when something else cannot.
  ///
  /// @param live what the run's supervisor says of it now; null when there is none to ask
  public ResultsReport writeRun(String run, @Nullable RunStatus live) {
    return writeRun(run, live, ResultsWriter::nothing);
  }

  /// @param between is done after every some files and before the summary: what it throws ends the
  ///   writing
  public ResultsReport writeRun(String run, @Nullable RunStatus live, Runnable between) {
    return write(run, live, folder(run), false, between);
  }

  /// Writes everything: a file for each settled worker, the deliverables, the summary.
  public ResultsReport writeAll(String run, @Nullable RunStatus live) {
    return writeAll(run, live, ResultsWriter::nothing);
  }

  /// @param between as above
  public ResultsReport writeAll(String run, @Nullable RunStatus live, Runnable between) {
    return write(run, live, folder(run), true, between);
  }

  /// As `writeAll`, but elsewhere than the run was told.
  public ResultsReport writeAll(String run, @Nullable RunStatus live, Path results) {
    settings(run);
    return write(run, live, new ResultsFolder(results, run), true, ResultsWriter::nothing);
  }

  /// Writes one worker's file and what it has delivered itself, whoever else delivered the same.
  ///
  /// @return the run's folder below `results`
  public Path writeWorker(String run, String worker, Path results) {
    var folder = new ResultsFolder(results, run);
    writeWorker(folder, run, worker);
    Deliveries.of(views.delivered(run, worker))
        .placed()
        .forEach(it -> folder.copy(it.artifact(), artifacts, folder.at(it.place())));
    return folder.root();
  }

  /// When a run has ended of which the journal does not know that its results were written, or
  /// whose folder has no summary; null where nothing is owed. That a write failed is no end of it:
  /// there may be room by now. A folder that was written and is gone was removed by somebody.
  public @Nullable Instant owedSince(String run) {
    var view = view(run);
    var ended = view.finishedAt();
    if (ended == null) return null;
    var folder = folderOf(run);
    var written = view.results() != null && view.results().written();
    if (!written) return ended;
    var whole = Files.exists(folder.resolve("execution_summary.json"));
    return whole || !Files.isDirectory(folder) ? null : ended;
  }

  /// Where a run's results are, written or not.
  public Path folderOf(String run) {
    return folder(run).root();
  }

  private Path writeWorker(ResultsFolder folder, String run, String id) {
    var worker = views.detail(run, id);
    if (worker == null) throw new IllegalArgumentException("run " + run + " has no " + id);
    return writeWorker(folder, worker);
  }

  /// A batch at a time, so that the journal is not asked for each.
  private void writeWorkers(
      ResultsFolder folder, String run, List<String> workers, Failures failures, Runnable between) {
    for (var from = 0; from < workers.size(); from += BATCH_MAX) {
      var batch = workers.subList(from, Math.min(workers.size(), from + BATCH_MAX));
      failures.attempt(() ->
          views
              .details(run, batch)
              .forEach(worker -> failures.attempt(() -> writeWorker(folder, worker))));
      between.run();
    }
  }

  private Path writeWorker(ResultsFolder folder, WorkerDetail worker) {
    var compiled = instructions.find(worker.instructionDigest());
    var filled = ResultsFormat.fill(compiled == null ? null : compiled.resultsFormat(), worker);
    filled.set("muster", WorkerResult.of(worker));
    return folder.write("workers/" + worker.worker().id() + ".json", pretty(filled));
  }

  private ResultsReport write(
      String run,
      @Nullable RunStatus live,
      ResultsFolder folder,
      boolean workersToo,
      Runnable between) {
    var view = view(run);
    var delivered = views.delivered(run);
    if (delivered == null) throw unknown(run);
    var deliveries = Deliveries.of(delivered);
    var report =
        new ResultsReport(
            folder.root().toString(),
            null,
            deliveries.conflictsTotal(),
            deliveries.conflicts(CONFLICTS_SHOWN_MAX));
    var failures = new Failures();
    if (workersToo) {
      var settled = workers(run).stream().filter(it -> it.state().settled()).map(WorkerView::id);
      writeWorkers(folder, run, settled.toList(), failures, between);
    }
    // One that the store no longer holds is left out: the worker's file names it with its digest.
    var copied = 0;
    for (var it : deliveries.placed()) {
      failures.attempt(() -> folder.copy(it.artifact(), artifacts, folder.at(it.place())));
      if (++copied % BATCH_MAX == 0) between.run();
    }
    between.run();
    failures.attempt(() -> writeSummary(folder, view, live, report));
    failures.raise();
    return report;
  }

  private void writeSummary(
      ResultsFolder folder, RunView view, @Nullable RunStatus live, ResultsReport report) {
    var conflicts = new ExecutionSummary.Conflicts(report.conflictsTotal(), report.conflicts());
    var summary = Json.tree(ExecutionSummary.of(live == null ? view : view.with(live), conflicts));
    if (live == null) keepSamples(folder, summary);
    folder.write("execution_summary.json", pretty(summary));
  }

  /// Until the run finishes only its supervisor counts headroom samples: an earlier summary that
  /// asked it knows better.
  private static void keepSamples(ResultsFolder folder, ObjectNode summary) {
    try {
      JsonNode earlier =
          Json.mapper().readTree(folder.root().resolve("execution_summary.json").toFile());
      var samples = earlier.path("headroom").path("samples").asLong();
      if (summary.get("headroom") instanceof ObjectNode headroom
          && headroom.path("samples").asLong() < samples) headroom.put("samples", samples);
    } catch (IOException _) {
      // There is no earlier summary.
    }
  }

  private static byte[] pretty(JsonNode json) {
    return (Visible.json(json.toPrettyString()) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void nothing() {}

  private ResultsFolder folder(String run) {
    return new ResultsFolder(Path.of(settings(run).results()), run);
  }

  private RunSettings settings(String run) {
    var settings = views.settings(run);
    if (settings == null) throw unknown(run);
    return settings;
  }

  private RunView view(String run) {
    var view = views.run(run);
    if (view == null) throw unknown(run);
    return view;
  }

  private List<WorkerView> workers(String run) {
    var workers = views.workers(run);
    if (workers == null) throw unknown(run);
    return workers;
  }

  private static IllegalArgumentException unknown(String run) {
    return new IllegalArgumentException("the journal knows no run " + run);
  }
}
