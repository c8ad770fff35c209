package dev.muster.orchestrator.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.storage.Artifacts;
import dev.muster.orchestrator.view.Json;
import dev.muster.orchestrator.view.RunView;
import dev.muster.orchestrator.view.RunViews;
import dev.muster.orchestrator.view.WorkerDetail;
import dev.muster.orchestrator.view.WorkerView;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final RunViews views;
  private final Instructions instructions;
  private final Artifacts artifacts;

  public ResultsWriter(RunViews views, Instructions instructions, Artifacts artifacts) {
    this.views = views;
    this.instructions = instructions;
    this.artifacts = artifacts;
  }

  /// Writes the worker's own file, once it has settled.
  public Path writeWorker(String run, String worker) {
    var detail = views.detail(run, worker);
    if (detail == null) throw new IllegalArgumentException("run " + run + " has no " + worker);
    return writeWorker(folder(run), detail);
  }

  /// Writes `execution_summary.json` and the deliverables: when a run finishes or is held.
  ///
  /// @param live what the run's supervisor says of it now; null when there is none to ask
  /// @return the run's own results folder
  public Path writeRun(String run, @Nullable RunStatus live) {
    var view = view(run);
    var folder = folder(run);
    standing(run).forEach((path, artifact) -> deliver(folder, path, artifact));
    var summary = Json.tree(ExecutionSummary.of(live == null ? view : view.with(live)));
    if (live == null) keepSamples(folder, summary);
    folder.write("execution_summary.json", pretty(summary));
    return folder.root();
  }

  /// Writes everything: a file for each settled worker, the deliverables, the summary.
  public Path writeAll(String run, @Nullable RunStatus live) {
    for (var worker : workers(run)) {
      if (worker.state().settled()) writeWorker(run, worker.id());
    }
    return writeRun(run, live);
  }

  /// Writes everything of a run whose folder was begun and has no summary; null where that is not
  /// so.
  public @Nullable Path completeIfBegun(String run) {
    var folder = folderOf(run);
    var unfinished =
        Files.isDirectory(folder) && !Files.exists(folder.resolve("execution_summary.json"));
    return unfinished ? writeAll(run, null) : null;
  }

  /// Where a run's results are, written or not.
  public Path folderOf(String run) {
    return folder(run).root();
  }

  private Path writeWorker(ResultsFolder folder, WorkerDetail worker) {
    var compiled = instructions.find(worker.instructionDigest());
    var filled = ResultsFormat.fill(compiled == null ? null : compiled.resultsFormat(), worker);
    filled.set("muster", WorkerResult.of(worker));
    return folder.write("workers/" + worker.worker().id() + ".json", pretty(filled));
  }

  /// What stands at each path: where workers share one, that of the latest wave.
  private Map<String, Artifact> standing(String run) {
    var delivered = views.delivered(run);
    if (delivered == null) throw unknown(run);
    var standing = new LinkedHashMap<String, Artifact>();
    delivered.forEach(artifact -> standing.put(artifact.path(), artifact));
    return standing;
  }

  /// A deliverable that the store no longer holds, or whose path is not safe, is left out: the
  /// worker's own file still names it with its digest.
  private void deliver(ResultsFolder folder, String path, Artifact artifact) {
    var target = folder.deliverable(path);
    if (target != null) folder.copy(artifact, artifacts, target);
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
    return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private ResultsFolder folder(String run) {
    var settings = views.settings(run);
    if (settings == null) throw unknown(run);
    return new ResultsFolder(Path.of(settings.results()), run);
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
