package dev.muster.node.executor;

import dev.muster.node.agent.AgentProgress;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.tools.ToolOutcome;
import dev.muster.node.tools.ToolPlan;
import dev.muster.node.workspace.WorkspaceFiles;
import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.run.Spawned.Sub;
import dev.muster.protocol.run.SubTask;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts.UnreachableException;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.WorkerPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Asks the run for sub-workers, and takes what they deliver. Whoever waits for them ends its
/// attempt, and asks again under the same ordinal when it goes on.
record AgentSpawning(
    AttemptSetting setting, SpawnClient client, AgentShares shares, InstantSource clock) {
  private static final String WHO = "the run";
  private static final int INPUT_BYTES_MAX = 8 << 20;

  /// Its run tells it when all have ended; should that get lost, it looks by then.
  private static final Duration LOOK_AFTER = Duration.ofHours(1);

  /// What came of asking.
  sealed interface Heard {
    /// @param changed whether the workspace is another now
    record Told(ToolOutcome outcome, boolean changed) implements Heard {}

    record Wait(AttemptReport report) implements Heard {}
  }

  /// @param ordinal of the call's intent
  Heard ask(int ordinal, ToolPlan.Spawn spawn, AgentProgress progress)
      throws IOException, InterruptedException, SilentException {
    // What they use is of its share: how much of that is left must be known before they begin.
    shares.open(progress);
    var request = setting.request();
    var assignment = request.assignment();
    List<SubTask> tasks;
    try {
      tasks = tasks(spawn);
    } catch (UnreachableException e) {
      throw e;
    } catch (IOException e) {
      return new Heard.Told(
          ToolOutcome.failure("an input cannot be had: " + e.getMessage()), false);
    }
    var told =
        Gate.ask(
            WHO,
            () ->
                client.spawn(
                    assignment.run(), assignment.worker(), request.epoch(), ordinal, tasks));
    if (told.refusal() != null) {
      return new Heard.Told(ToolOutcome.failure("No sub-worker begins: " + told.refusal()), false);
    }
    var awaited = told.awaited();
    return awaited.isEmpty()
        ? taken(told)
        : new Heard.Wait(new AttemptReport.Awaiting(awaited, clock.instant().plus(LOOK_AFTER)));
  }

  private List<SubTask> tasks(ToolPlan.Spawn spawn) throws IOException {
    var tasks = new ArrayList<SubTask>();
    for (var draft : spawn.drafts()) {
      var it = draft.task();
      tasks.add(
          new SubTask(
              it.title(),
              it.role(),
              it.mission(),
              it.deliverables(),
              it.criteria(),
              it.cannot(),
              it.tests(),
              inputs(draft.inputs())));
    }
    return tasks;
  }

  private List<Artifact> inputs(List<String> paths) throws IOException {
    var files = WorkspaceFiles.in(setting.workspace().work());
    var inputs = new ArrayList<Artifact>();
    for (var named : paths) {
      var path = files.path(named);
      var draft = setting.workspace().folder().resolve("sub-input");
      Files.write(draft, files.read(path, INPUT_BYTES_MAX));
      try {
        inputs.add(setting.workplace().artifacts().put(draft, path.toString()));
      } finally {
        Files.deleteIfExists(draft);
      }
    }
    return inputs;
  }

  private Heard taken(Spawned told) throws IOException {
    var text = new StringBuilder();
    var failed = false;
    var changed = false;
    for (var sub : told.subs()) {
      var done = sub.phase() == WorkerPhase.COMPLETED;
      failed |= !done;
      changed |= done && !sub.artifacts().isEmpty();
      if (done) take(sub);
      text.append(done ? done(sub) : lost(sub)).append('\n');
    }
    return new Heard.Told(new ToolOutcome(text.toString().strip(), failed), changed);
  }

  /// By way of a folder of its own, so that nothing half fetched is ever in the workspace.
  private void take(Sub sub) throws IOException {
    var from = setting.workspace().freshArrivals();
    try {
      var work = WorkspaceFiles.in(setting.workspace().work());
      var fetched = WorkspaceFiles.in(from);
      for (var artifact : sub.artifacts()) {
        var path = work.path(artifact.path());
        var to = from.resolve(path);
        Files.createDirectories(parent(to));
        setting.workplace().artifacts().fetch(artifact, to);
        work.clear(path);
        work.take(path, fetched);
      }
    } finally {
      setting.workspace().forgetArrivals();
    }
  }

  private static Path parent(Path file) {
    var parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static String done(Sub sub) {
    return "%s (%s): COMPLETED%s. Now in your folder: %s"
        .formatted(
            sub.id(),
            sub.title(),
            sub.weak() ? ", weak: its test cannot fail" : "",
            String.join(", ", sub.artifacts().stream().map(Artifact::path).toList()));
  }

  private static String lost(Sub sub) {
    return "%s (%s): %s%s. Nothing of it was taken."
        .formatted(
            sub.id(), sub.title(), sub.phase(), sub.detail() == null ? "" : ": " + sub.detail());
  }
}
