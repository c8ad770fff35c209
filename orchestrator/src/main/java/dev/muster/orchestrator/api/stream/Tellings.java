package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.stream.Telling.Wish;
import dev.muster.orchestrator.usecase.Shared;
import java.util.List;
import java.util.Map;

/// Those who follow the same hear of the same event at the same time: for all of them it is put
/// into words, and into bytes, once.
final class Tellings {
  /// Whoever is told of more is behind the others, and what is kept stays small.
  private static final int SHARED_ROWS_MAX = 50;

  private static final int KEPT_MAX = 64;

  private final Snapshots snapshots;
  private final Shared<Wish, Telling> kept = new Shared<>(KEPT_MAX);

  Tellings(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /// @param rows of the journal that the wish is about
  /// @param end what the tables have
  Telling of(Wish wish, List<Feed.Told> rows, long end) {
    if (rows.size() > SHARED_ROWS_MAX) return Telling.of(wish, rows, end, snapshots);
    return kept.get(
            Map.of(wish, end), end, _ -> Map.of(wish, Telling.of(wish, rows, end, snapshots)))
        .getFirst();
  }
}
