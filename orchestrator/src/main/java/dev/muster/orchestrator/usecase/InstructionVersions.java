package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.SavedInstructions;
import dev.muster.orchestrator.journal.storage.SavedInstructions.Saved;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.readside.table.TakenTexts.Taken;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.view.InstructionVersion;
import dev.muster.protocol.view.VersionDiff;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The texts that an instruction has had: those that runs took, and those that were saved here. A
/// folder keeps one text of each file; what somebody else's editor wrote over, and no run took, is
/// not among them.
///
/// @param saved null for whoever may see only what runs took
/// @param taken finds what a run took by its digest
public record InstructionVersions(
    RunViews views, @Nullable SavedInstructions saved, Function<String, @Nullable String> taken) {
  /// Newest first. A workforce that nobody knows has none.
  public List<InstructionVersion> all(String workforce, String worker) {
    Map<String, Draft> drafts = new LinkedHashMap<>();
    for (var run : views.texts(workforce, worker)) {
      var now = run.digests().getLast();
      for (var digest : run.digests()) {
        drafts.computeIfAbsent(digest, Draft::new).taken(run, digest.equals(now));
      }
    }
    if (saved != null) {
      for (var it : saved.all(workforce, worker)) {
        drafts.computeIfAbsent(it.digest(), Draft::new).saved(it);
      }
    }
    return drafts.values().stream().map(Draft::version).toList();
  }

  /// @param digest of one of them
  public String text(String workforce, String worker, String digest) {
    if (all(workforce, worker).stream().noneMatch(it -> it.digest().equals(digest))) {
      throw unknown(worker);
    }
    var text = saved == null ? null : saved.text(workforce, worker, digest);
    if (text == null) text = taken.apply(digest);
    if (text == null) throw unknown(worker);
    return text;
  }

  /// What is different from one of them to another.
  public VersionDiff diff(String workforce, String worker, String from, String to) {
    return VersionDiff.of(from, text(workforce, worker, from), to, text(workforce, worker, to));
  }

  /// What is different from one of them to a text that need not be one.
  public VersionDiff diffTo(String workforce, String worker, String from, String text) {
    return VersionDiff.of(from, text(workforce, worker, from), Sha256.of(text), text);
  }

  private static Refusal unknown(String worker) {
    return Refusal.unknown(
        "unknown-version",
        "%s has had no such text; GET …/versions lists those that are known"
            .formatted(RunLookup.shown(worker)));
  }

  private static final class Draft {
    private final String digest;
    private Instant firstAt = Instant.MAX;
    private Instant lastAt = Instant.MIN;
    private int runs;
    private int completed;
    private @Nullable String lastRun;
    private @Nullable String lastRunBy;
    private @Nullable Saved lastSaved;

    Draft(String digest) {
      this.digest = digest;
    }

    void taken(Taken run, boolean isLast) {
      seen(run.at());
      runs++;
      if (isLast && run.completed()) completed++;
      if (lastRun != null) return;
      lastRun = run.run();
      lastRunBy = run.by();
    }

    void saved(Saved it) {
      seen(it.at());
      if (lastSaved == null) lastSaved = it;
    }

    private void seen(Instant at) {
      if (at.isBefore(firstAt)) firstAt = at;
      if (at.isAfter(lastAt)) lastAt = at;
    }

    InstructionVersion version() {
      var it = lastSaved;
      return new InstructionVersion(
          digest,
          firstAt,
          lastAt,
          runs,
          completed,
          lastRun,
          lastRunBy,
          it == null ? null : it.at(),
          it == null ? null : it.by(),
          it == null ? null : it.folder());
    }
  }
}
