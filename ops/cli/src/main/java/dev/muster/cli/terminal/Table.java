package dev.muster.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rows under headings, aligned, and no wider than the terminal: text is folded, and where that is
/// not enough the least important columns are left out, which is said.
public final class Table {
  /// Of one cell; `-o wide` shows the rest.
  private static final int LINES_MAX = 6;

  /// `COMPLETED`, `COMPLETED (weak)`.
  private static final Pattern STATE = Pattern.compile("([A-Z_]+)(?: \\(.*)?");

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private int hidden;

  /// @param folds holds text that may go on in the next line; ids and numbers never do
  /// @param rank 0 stays always; of the others the highest goes first
  public record Column(String title, boolean folds, int rank) {
    /// An id or a number, without which the row says nothing.
    public static Column key(String title) {
      return new Column(title, false, 0);
    }

    /// Text without which the row says nothing.
    public static Column text(String title) {
      return new Column(title, true, 0);
    }

    public Column rank(int rank) {
      return new Column(title, folds, rank);
    }
  }

  /// Nothing is folded or left out but the last, which is text.
  public Table(String... headings) {
    this.columns =
        Stream.concat(
                Arrays.stream(headings, 0, headings.length - 1).map(Column::key),
                Stream.of(Column.text(headings[headings.length - 1])))
            .toList();
  }

  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /// @param number of columns that only `-o wide` shows
  public Table hiding(int number) {
    hidden = number;
    return this;
  }

  public Table row(String... cells) {
    return row(Arrays.asList(cells));
  }

  public Table row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "expected " + columns.size() + " cells, found " + cells.size());
    }
    rows.add(cells.stream().map(Text::line).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Prints to stdout, states in their colours.
  public void print(Terminal terminal) {
    var page = terminal.page();
    var shape = Shape.of(columns, rows, page);
    var titles = columns.stream().map(Column::title).toList();
    print(titles, shape, page, Style.BOLD, terminal);
    rows.forEach(row -> print(row, shape, page, Style.PLAIN, terminal));
    var left = columns.size() - shape.shown().size();
    if (left > 0) {
      terminal.flush();
      terminal.say("-o wide shows " + Text.count(left + hidden, "more column"));
    }
  }

  private static void print(
      List<String> cells, Shape shape, Page page, Style style, Terminal terminal) {
    var folded = new ArrayList<List<String>>();
    var height = 1;
    for (var i = 0; i < shape.shown().size(); i++) {
      var cell = cells.get(shape.shown().get(i));
      var width = shape.widths().get(i);
      var lines =
          page.folds()
              ? Fold.lines(cell, width, LINES_MAX)
              : List.of(page.equals(Page.ENDLESS) ? cell : Text.cut(cell, width));
      folded.add(lines);
      height = Math.max(height, lines.size());
    }
    for (var line = 0; line < height; line++) {
      var text = new StringBuilder();
      for (var i = 0; i < folded.size(); i++) {
        var part = line < folded.get(i).size() ? folded.get(i).get(line) : "";
        var own = style == Style.PLAIN ? ofState(cells.get(shape.shown().get(i))) : style;
        text.append(part.isEmpty() ? part : terminal.styled(own, part));
        text.repeat(' ', Math.max(0, shape.widths().get(i) - Text.width(part)) + Shape.GAP);
      }
      terminal.data(text.toString().stripTrailing());
    }
  }

  private static Style ofState(String cell) {
    var found = STATE.matcher(cell);
    return found.matches() ? Style.ofState(found.group(1)) : Style.PLAIN;
  }
}
