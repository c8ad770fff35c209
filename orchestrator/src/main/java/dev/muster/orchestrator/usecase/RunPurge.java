package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.readside.table.Piece;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.readside.table.Selection;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deleting the runs that ended long ago, the oldest first, but for those with the tag `keep`.
public final class RunPurge {
  /// One call does not hold a connection for hours; whoever has more calls again.
  public static final int AT_ONCE_MAX = 100;

  public static final int KEEP_MAX = 100_000;

  /// `keep=for-the-auditors` counts, too.
  public static final String KEPT = "keep";

  private static final Condition NOT_KEPT =
      Condition.of(
          "NOT EXISTS (SELECT 1 FROM run_tag WHERE run_tag.run = run.id AND run_tag.tag = ?)",
          KEPT);

  private static final Condition ENDED =
      new Condition(
          "phase IN (%s)"
              .formatted(
                  Stream.of(RunPhase.values())
                      .filter(RunPhase::finished)
                      .map(phase -> "'" + phase + "'")
                      .collect(Collectors.joining(", "))),
          List.of());

  private static final Logger LOG = LoggerFactory.getLogger(RunPurge.class);

  private final RunViews views;
  private final RunDeletion deletion;
  private final InstantSource clock;

  public RunPurge(RunViews views, RunDeletion deletion, InstantSource clock) {
    this.views = views;
    this.deletion = deletion;
    this.clock = clock;
  }

  /// @param runs that were, or would be, deleted
  /// @param left that did not go, or not wholly: the log of the node says why
  /// @param more whether others are old enough, too
  public record Purged(boolean dryRun, List<String> runs, List<String> left, boolean more) {
    public Purged {
      runs = List.copyOf(runs);
      left = List.copyOf(left);
    }
  }

  /// One that does not go holds back no other.
  ///
  /// @param age since they ended
  /// @param keep never the newest so many runs, whatever their age
  /// @throws RuntimeException why the first did not go, where none did
  public Purged purge(Duration age, int keep, boolean dryRun) {
    var old = old(age, keep, List.of());
    var those = old.subList(0, Math.min(AT_ONCE_MAX, old.size()));
    var more = old.size() > AT_ONCE_MAX;
    return dryRun ? new Purged(true, those, List.of(), more) : purged(those, more);
  }

  private Purged purged(List<String> those, boolean more) {
    var gone = new ArrayList<String>();
    var left = new ArrayList<String>();
    @Nullable RuntimeException first = null;
    for (var run : those) {
      try {
        deletion.delete(run);
        gone.add(run);
      } catch (RuntimeException e) {
        LOG.warn("{} is not deleted: {}", run, e.getMessage());
        left.add(run);
        if (first == null && !isTakenUp(e)) first = e;
      }
    }
    if (gone.isEmpty() && first != null) throw first;
    // Whoever goes on as long as there are more must not meet the same ones for ever.
    return new Purged(false, gone, left, more && !gone.isEmpty());
  }

  /// Somebody may have taken it up again meanwhile, or deleted it.
  private static boolean isTakenUp(RuntimeException e) {
    return e instanceof Refusal it
        && (it.kind() == Refusal.Kind.CONFLICT || it.kind() == Refusal.Kind.UNKNOWN);
  }

  /// The oldest first; one more than are deleted at once, where there are so many.
  ///
  /// @param also what else must hold of them
  List<String> old(Duration age, int keep, List<Condition> also) {
    var conditions = new ArrayList<>(also);
    conditions.add(ENDED);
    conditions.add(NOT_KEPT);
    var before = clock.instant().minus(age).toEpochMilli();
    conditions.add(Condition.of("finished_at BETWEEN 0 AND ?", before));
    if (keep > 0) {
      conditions.add(
          Condition.of(
              "id < (SELECT MIN(id) FROM (SELECT id FROM run ORDER BY id DESC LIMIT ?) newest)",
              keep));
    }
    var selection = new Selection(conditions, "id", false, null, AT_ONCE_MAX + 1);
    return Piece.all(selection, views::page).stream()
        .map(RunView::id)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
