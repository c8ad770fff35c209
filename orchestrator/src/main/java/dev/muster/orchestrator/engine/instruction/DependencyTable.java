package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A table in DEPENDENCIES: what the head of a column says holds for its cells, and a cell that
/// says `optional` or `blocks` and no more holds for its row.
final class DependencyTable {
  private List<String> head = List.of();
  private List<String> last = List.of();

  /// @param text as it is to be read
  /// @param cue what is said about it; null when nothing
  /// @param other whether it is about another worker than the one whose file this is
  record Cell(String text, @Nullable Cue cue, boolean other) {}

  /// The row above the rule is the head.
  void rule() {
    head = last;
  }

  void end() {
    head = List.of();
    last = List.of();
  }

  static List<String> cells(String row) {
    var inner = row.startsWith("|") ? row.substring(1) : row;
    return Arrays.stream(inner.split("\\|", -1)).map(PlainText::of).toList();
  }

  List<Cell> row(String text, int self) {
    last = cells(text);
    var rowCue = rowCue();
    var about = about(self);
    var cells = new ArrayList<Cell>();
    for (var at = 0; at < last.size(); at++) {
      var named = isNumber(last.get(at)) && title(at).contains("worker");
      var column = Cue.ofLabel(title(at));
      if (about != null && column == null) continue;
      if (isNumberOfRow(last.get(at)) && title(at).matches("#|nos?\\.?|nr\\.?|number|row"))
        continue;
      var words = named ? "worker " + last.get(at) : last.get(at);
      cells.add(new Cell(words, rowCue != null ? rowCue : column, Boolean.FALSE.equals(about)));
    }
    return cells;
  }

  private @Nullable Cue rowCue() {
    for (var at = 0; at < last.size(); at++) {
      var cell = last.get(at).toLowerCase(Locale.ROOT);
      if (cell.equals("blocking")) return Cue.UNCLEAR; // they block it, or it blocks them
      if (Cue.isAll(cell) && Cue.ofLabel(cell) != Cue.NONE) return Cue.ofLabel(cell);
      if (Cue.ofLabel(title(at)) == Cue.AWAITED && cell.matches("no|false|n|✗|✘|❌"))
        return Cue.ASIDE;
      if (cell.matches("(?:(?:soft|weak)\\W+)?optional(?:\\W+\\w+)?|soft\\W*")) return Cue.ASIDE;
    }
    return null;
  }

  /// In a table of who waits for whom: whether this row is about the worker itself; null when the
  /// table is none of that kind.
  private @Nullable Boolean about(int self) {
    if (head.isEmpty() || !title(0).contains("worker") || Cue.ofLabel(title(0)) != null)
      return null;
    var waits = false;
    for (var at = 1; at < head.size(); at++) {
      var column = Cue.ofLabel(title(at));
      var names =
          at < last.size()
              && (!Explanation.names(last.get(at)).isEmpty() || Cue.isAll(last.get(at)));
      waits |= column == Cue.AWAITED && names;
    }
    var whose = last.isEmpty() ? List.<String>of() : Explanation.names(last.getFirst());
    if (!waits || whose.size() != 1) return null;
    return WorkerIds.number(whose.getFirst()) == self;
  }

  private String title(int column) {
    return column < head.size() ? head.get(column).toLowerCase(Locale.ROOT) : "";
  }

  /// With three digits it is written as those of workers are.
  private static boolean isNumberOfRow(String text) {
    return isNumber(text) && text.length() < 3;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
