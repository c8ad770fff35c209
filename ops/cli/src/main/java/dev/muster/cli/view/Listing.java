package dev.muster.cli.view;

import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Table.Column;
import dev.muster.cli.terminal.Terminal;
import dev.muster.client.Fetched;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A list of things in the format that was asked for.
public final class Listing<T> {
  private final Function<T, String> name;
  private final List<Shown<T>> columns = new ArrayList<>();

  private record Shown<T>(Column column, boolean onlyWide, Function<T, String> cell) {}

  /// @param name what `-o name` prints
  public Listing(Function<T, String> name) {
    this.name = name;
  }

  /// An id, a number or a state, shown in one piece.
  ///
  /// @param rank 0 stays on every terminal; of the others the highest goes first
  public Listing<T> column(String title, int rank, Function<T, String> cell) {
    columns.add(new Shown<>(Column.key(title).rank(rank), false, cell));
    return this;
  }

  /// Text, which goes on below where the terminal is narrow.
  public Listing<T> text(String title, int rank, Function<T, String> cell) {
    columns.add(new Shown<>(Column.text(title).rank(rank), false, cell));
    return this;
  }

  /// A column that only `-o wide` shows.
  public Listing<T> wide(String title, Function<T, String> cell) {
    columns.add(new Shown<>(Column.key(title), true, cell));
    return this;
  }

  /// @param items read as far as they are shown; a line each needs no memory
  public void print(
      Terminal terminal, OutputFormat format, Stream<Fetched<T>> items, String whenNone) {
    if (format == OutputFormat.JSONL) {
      items.forEach(item -> terminal.data(Json.line(item.raw())));
    } else {
      print(terminal, format, items.toList(), whenNone);
    }
  }

  /// @param whenNone said when there is nothing to list in a table
  public void print(
      Terminal terminal, OutputFormat format, List<Fetched<T>> items, String whenNone) {
    switch (format) {
      case JSON -> {
        var list = Json.MAPPER.createObjectNode();
        var array = list.putArray("items");
        items.forEach(item -> array.add(item.raw()));
        terminal.data(Json.pretty(list));
      }
      case JSONL -> items.forEach(item -> terminal.data(Json.line(item.raw())));
      case NAME -> items.forEach(item -> terminal.data(name.apply(item.view())));
      case TABLE, WIDE -> table(terminal, format, items, whenNone);
    }
  }

  private void table(
      Terminal terminal, OutputFormat format, List<Fetched<T>> items, String whenNone) {
    if (items.isEmpty()) {
      terminal.say(whenNone);
      return;
    }
    var shown = columns.stream().filter(c -> format == OutputFormat.WIDE || !c.onlyWide()).toList();
    var table =
        new Table(shown.stream().map(Shown::column).toList()).hiding(columns.size() - shown.size());
    for (var item : items) {
      table.row(shown.stream().map(column -> column.cell().apply(item.view())).toList());
    }
    table.print(terminal);
  }

  /// One thing: as it came, by name, or as the given words.
  public static <T> void printOne(
      Terminal terminal, OutputFormat format, Fetched<T> item, String name, Runnable words) {
    switch (format) {
      case JSON -> terminal.data(Json.pretty(item.raw()));
      case JSONL -> terminal.data(Json.line(item.raw()));
      case NAME -> terminal.data(name);
      case TABLE, WIDE -> words.run();
    }
  }
}
