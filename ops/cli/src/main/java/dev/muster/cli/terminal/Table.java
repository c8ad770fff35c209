package dev.muster.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings, aligned; the last column is as long as it needs to be.
public final class Table {
  private static final int CELL_COLUMNS_MAX = 60;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  public Table(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  public Table row(String... cells) {
    return row(Arrays.asList(cells));
  }

  public Table row(List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(
          "expected " + headings.size() + " cells, found " + cells.size());
    }
    rows.add(cells.stream().map(Text::line).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Prints to stdout, states in their colours.
  public void print(Terminal terminal) {
    for (var line : lines(terminal)) {
      terminal.data(line);
    }
  }

  private List<String> lines(Terminal terminal) {
    var widths = new int[headings.size()];
    for (var column = 0; column < widths.length; column++) {
      widths[column] = Text.width(headings.get(column));
      for (var row : rows) {
        widths[column] =
            Math.max(widths[column], Math.min(CELL_COLUMNS_MAX, Text.width(row.get(column))));
      }
    }
    var lines = new ArrayList<String>();
    lines.add(terminal.styled(Style.BOLD, line(headings, widths, Style.PLAIN, terminal)));
    for (var row : rows) {
      lines.add(line(row, widths, null, terminal));
    }
    return lines;
  }

  /// @param style of every cell; null colours each by the state it names
  private static String line(
      List<String> cells,
      int[] widths,
      @org.jspecify.annotations.Nullable Style style,
      Terminal terminal) {
    var line = new StringBuilder();
    for (var column = 0; column < cells.size(); column++) {
      var last = column == cells.size() - 1;
      var text = last ? cells.get(column) : Text.cut(cells.get(column), CELL_COLUMNS_MAX);
      line.append(terminal.styled(style == null ? Style.ofState(text) : style, text));
      if (!last) {
        line.repeat(' ', widths[column] - Text.width(text) + 2);
      }
    }
    return line.toString().stripTrailing();
  }
}
