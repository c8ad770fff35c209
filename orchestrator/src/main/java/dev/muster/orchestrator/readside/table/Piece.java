package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.readside.table.Selection.After;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some rows of a selection.
///
/// @param goesOn where looking ended because enough had been looked at, although there may be more;
///   null at the end, or when as many as were wanted have been found
public record Piece<T>(List<Found<T>> items, @Nullable After goesOn) {
  public Piece {
    items = List.copyOf(items);
  }

  /// The first so many of a selection, over as many pieces as it takes.
  public static <T> List<T> all(Selection selection, Function<Selection, Piece<T>> table) {
    var all = new ArrayList<T>();
    for (var rest = selection; ; ) {
      var piece = table.apply(rest);
      piece.items().forEach(it -> all.add(it.item()));
      var goesOn = piece.goesOn();
      if (goesOn == null || all.size() >= selection.limit()) return List.copyOf(all);
      rest = selection.after(goesOn, selection.limit() - all.size());
    }
  }

  <U> Piece<U> map(Function<T, U> how) {
    return new Piece<>(
        items.stream().map(it -> new Found<>(it.at(), how.apply(it.item()))).toList(), goesOn);
  }
}
