package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Text;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.usecase.RunPurge;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `runs delete` and `runs prune` share: they delete runs for good.
final class DeletedRuns {
  private final Context context;

  DeletedRuns(Context context) {
    this.context = context;
  }

  /// Of these runs, the newest first, those that have ended, are not among the newest so many,
  /// began longer ago than this, and are not to be kept by a tag.
  ///
  /// @param olderThan null for all
  static List<RunView> old(
      List<RunView> runs, int keep, @Nullable Duration olderThan, Instant now) {
    return runs.stream()
        .skip(keep)
        .filter(run -> run.state().finished() && !isKept(run))
        .filter(run -> olderThan == null || hasEndedBefore(run, now.minus(olderThan)))
        .toList();
  }

  private static boolean isKept(RunView run) {
    return run.settings().tags().stream()
        .anyMatch(tag -> tag.equals(RunPurge.KEPT) || tag.startsWith(RunPurge.KEPT + "="));
  }

  private static boolean hasEndedBefore(RunView run, Instant time) {
    var end = run.finishedAt() == null ? run.startedAt() : run.finishedAt();
    return end != null && end.isBefore(time);
  }

  /// One that goes on is refused before any is deleted.
  int delete(Link link, List<RunView> runs) {
    for (var run : runs) {
      if (run.state().finished()) continue;
      throw new Refusal(
          Exit.CONFLICT,
          "expected runs that have ended, but %s is %s".formatted(run.id(), run.standing()),
          "end it first: `muster cancel " + run.id() + "`");
    }
    if (!runs.isEmpty() && !new Consent(context).given(question(runs))) return Exit.OK;
    for (var run : runs) {
      link.api().deleteRun(run.id());
      say(run, "deleted");
    }
    return Exit.OK;
  }

  private static String question(List<RunView> runs) {
    var what = runs.size() == 1 ? runs.getFirst().id() : Text.count(runs.size(), "run");
    return "Delete "
        + what
        + " with journal, logs and workspaces? Results folders stay. This is for good.";
  }

  void say(RunView run, String what) {
    switch (context.output()) {
      case JSON, JSONL ->
          context
              .terminal()
              .data(
                  Json.line(Json.MAPPER.createObjectNode().put("run", run.id()).put("did", what)));
      case NAME -> context.terminal().data(run.id());
      case TABLE, WIDE ->
          context
              .terminal()
              .data(
                  "%s: %s (%s of %s)"
                      .formatted(run.id(), what, run.state(), Text.line(run.workforce())));
    }
  }

  static List<RunView> views(List<Fetched<RunView>> runs) {
    return runs.stream().map(Fetched::view).toList();
  }
}
