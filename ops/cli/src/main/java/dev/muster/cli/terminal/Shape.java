package dev.muster.cli.terminal;

import dev.muster.cli.terminal.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which columns of a table are shown, and how wide each is. Pure.
///
/// @param shown positions, in order
/// @param widths of those that are shown
record Shape(List<Integer> shown, List<Integer> widths) {
  static final int GAP = 2;

  /// Text is not squeezed further than this as long as another column can go.
  private static final int TEXT_MIN = 16;

  /// Of what must stay.
  private static final int MAIN_TEXT_MIN = 24;

  private static final int CUT_MIN = 8;

  Shape {
    shown = List.copyOf(shown);
    widths = List.copyOf(widths);
  }

  static Shape of(List<Column> columns, List<List<String>> rows, Page page) {
    var natural = new ArrayList<Integer>();
    for (var column = 0; column < columns.size(); column++) {
      natural.add(natural(columns.get(column).title(), rows, column));
    }
    var least = least(columns, rows, natural, page);
    var shown = chosen(columns, least, page.columns());
    var widths = spread(shown, least, natural, page);
    if (page.folds()) squeeze(shown, widths, shortest(columns, rows), page.columns());
    return new Shape(shown, widths);
  }

  /// How narrow each column can be with no word broken.
  private static List<Integer> shortest(List<Column> columns, List<List<String>> rows) {
    var shortest = new ArrayList<Integer>();
    for (var column = 0; column < columns.size(); column++) {
      var at = column;
      var folds = columns.get(column).folds();
      var longest = rows.stream().mapToInt(row -> Fold.longestPart(row.get(at))).max().orElse(0);
      shortest.add(folds ? Math.max(CUT_MIN, longest) : Integer.MAX_VALUE);
    }
    return shortest;
  }

  /// Where even what must stay is too wide, text gives way, the widest first.
  private static void squeeze(
      List<Integer> shown, List<Integer> widths, List<Integer> shortest, int widthMax) {
    var over = widths.stream().mapToInt(Integer::intValue).sum() + GAP * (widths.size() - 1);
    while (over-- > widthMax) {
      var widest = -1;
      for (var i = 0; i < widths.size(); i++) {
        var gives = widths.get(i) > shortest.get(shown.get(i));
        if (gives && (widest < 0 || widths.get(i) > widths.get(widest))) widest = i;
      }
      if (widest < 0) return;
      widths.set(widest, widths.get(widest) - 1);
    }
  }

  /// Those that must stay, and of the others by their rank as many as fit.
  private static List<Integer> chosen(List<Column> columns, List<Integer> least, int widthMax) {
    var shown = new ArrayList<Integer>();
    var others = new ArrayList<Integer>();
    for (var column = 0; column < columns.size(); column++) {
      (columns.get(column).rank() == 0 ? shown : others).add(column);
    }
    others.sort(Comparator.comparingInt(column -> columns.get(column).rank()));
    for (var column : others) {
      shown.add(column);
      if (total(shown, least) > widthMax) shown.removeLast();
    }
    shown.sort(Comparator.naturalOrder());
    return shown;
  }

  private static int natural(String title, List<List<String>> rows, int column) {
    var width = Text.width(title);
    for (var row : rows) width = Math.max(width, Text.width(row.get(column)));
    return width;
  }

  private static List<Integer> least(
      List<Column> columns, List<List<String>> rows, List<Integer> natural, Page page) {
    var least = new ArrayList<Integer>();
    for (var column = 0; column < columns.size(); column++) {
      var whole = natural.get(column);
      var folds = columns.get(column).folds();
      if (!folds || total(natural) <= page.columns()) {
        least.add(whole);
        continue;
      }
      var heading = Text.width(columns.get(column).title());
      var min = columns.get(column).rank() == 0 ? MAIN_TEXT_MIN : TEXT_MIN;
      var piece = longestPiece(rows, column);
      // A state is not cut for the sake of a sentence beside it.
      var uncut = Math.max(CUT_MIN, Math.min(piece, TEXT_MIN));
      var wanted = page.folds() ? Math.max(min, piece) : uncut;
      least.add(Math.min(whole, Math.max(heading, wanted)));
    }
    return least;
  }

  private static int longestPiece(List<List<String>> rows, int column) {
    var longest = 0;
    for (var row : rows) longest = Math.max(longest, Fold.longestPiece(row.get(column)));
    return longest;
  }

  /// What is left over goes to those that lack most.
  private static List<Integer> spread(
      List<Integer> shown, List<Integer> least, List<Integer> natural, Page page) {
    var widths = new ArrayList<Integer>();
    shown.forEach(column -> widths.add(least.get(column)));
    var left = page.columns() - total(shown, least);
    while (left-- > 0) {
      var neediest = -1;
      var most = 0;
      for (var i = 0; i < widths.size(); i++) {
        var lacks = natural.get(shown.get(i)) - widths.get(i);
        if (lacks > most) {
          most = lacks;
          neediest = i;
        }
      }
      if (neediest < 0) break;
      widths.set(neediest, widths.get(neediest) + 1);
    }
    return widths;
  }

  private static int total(List<Integer> shown, List<Integer> widths) {
    return shown.stream().mapToInt(widths::get).sum() + GAP * Math.max(0, shown.size() - 1);
  }

  private static int total(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum() + GAP * Math.max(0, widths.size() - 1);
  }
}
