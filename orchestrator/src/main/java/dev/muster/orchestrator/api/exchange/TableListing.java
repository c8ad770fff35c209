package dev.muster.orchestrator.api.exchange;

import dev.muster.orchestrator.api.exchange.Column.Kind;
import dev.muster.orchestrator.readside.table.Found;
import dev.muster.orchestrator.readside.table.Piece;
import dev.muster.orchestrator.readside.table.Selection;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.readside.table.TooManyToSortException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Filters, sorts and pages a table the same way for every resource.
///
/// To callers it is as [Listing], whatever there is in the table.
public final class TableListing {
  private static final char SEPARATOR = '\u001f';

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private String sort = "";

  /// A text to filter and sort by.
  public TableListing field(String name, String column) {
    return field(name, Kind.TEXT, List.of(), column);
  }

  public TableListing id(String name, String column) {
    return field(name, Kind.ID, List.of(), column);
  }

  /// The id of another that an item belongs to.
  public TableListing owner(String name, String column) {
    return field(name, Kind.OWNER, List.of(), column);
  }

  /// One of a few words.
  public TableListing choice(String name, Class<? extends Enum<?>> choices, String column) {
    return field(name, Kind.CHOICE, Column.names(choices), column);
  }

  /// One of a few words, by which there is an index.
  public TableListing state(String name, Class<? extends Enum<?>> choices, String column) {
    return field(name, Kind.STATE, Column.names(choices), column);
  }

  /// Several words that an item has; nothing is sorted by them.
  public TableListing tag(String name) {
    return field(name, Kind.TAG, List.of(), name);
  }

  /// True or false.
  public TableListing flag(String name, String column) {
    return field(name, Kind.FLAG, List.of("TRUE", "FALSE"), column);
  }

  public TableListing number(String name, String column) {
    return field(name, Kind.NUMBER, List.of(), column);
  }

  public TableListing seconds(String name, String column) {
    return field(name, Kind.SECONDS, List.of(), column);
  }

  public TableListing time(String name, String column) {
    return field(name, Kind.TIME, List.of(), column);
  }

  private TableListing field(String name, Kind kind, List<String> choices, String column) {
    columns.put(name, new Column(name, kind, choices, column));
    return this;
  }

  /// The order unless a caller wants another; a leading `-` means descending.
  public TableListing sortedBy(String field) {
    sort = field;
    return this;
  }

  /// @param fixed what holds for every item that the caller may see
  /// @param table answers with the first so many of them
  public <T> Listing.Page<T> page(
      Call call, List<Condition> fixed, Function<Selection, Piece<T>> table) {
    var wanted = call.query("sort");
    var order = wanted == null ? sort : wanted;
    var descending = order.startsWith("-");
    var by = columns.get(descending ? order.substring(1) : order);
    if (by == null || by.kind() == Kind.TAG) throw unknown("sort", order);
    var conditions = new ArrayList<>(fixed);
    conditions.addAll(filter(call.query("filter")));
    var limit = Listing.limit(call);
    var after = after(by, Cursor.decode(call, order));
    var piece = ask(table, new Selection(conditions, by.sql(), descending, after, limit + 1), by);
    var found = piece.items();
    var more = found.size() > limit;
    var shown = more ? found.subList(0, limit) : found;
    var last = more ? shown.getLast().at() : piece.goesOn();
    return new Listing.Page<>(
        shown.stream().map(Found::item).toList(),
        last == null ? null : Cursor.encode(call, order, key(last)));
  }

  private <T> Piece<T> ask(Function<Selection, Piece<T>> table, Selection selection, Column by) {
    try {
      return table.apply(selection);
    } catch (TooManyToSortException e) {
      var quick = columns.values().stream().filter(it -> e.sorts().contains(it.sql()));
      throw ProblemException.of(
          400,
          "too-many-to-sort",
          "expected sort by one of %s where %s, found %s"
              .formatted(quick.map(Column::name).toList(), e.getMessage(), by.name()));
    }
  }

  /// The first so many that fit, in the usual order.
  public <T> List<T> first(
      @Nullable String filter,
      List<Condition> fixed,
      int count,
      Function<Selection, Piece<T>> table) {
    var by = columns.get(sort);
    if (by == null) throw unknown("sort", sort);
    var conditions = new ArrayList<>(fixed);
    conditions.addAll(filter(filter));
    return Piece.all(new Selection(conditions, by.sql(), false, null, count), table);
  }

  private static String key(After at) {
    return String.valueOf(at.value()) + SEPARATOR + at.id();
  }

  private static @Nullable After after(Column by, @Nullable String key) {
    if (key == null) return null;
    var end = key.lastIndexOf(SEPARATOR);
    if (end < 0) throw Cursor.invalid();
    return new After(by.value(key.substring(0, end)), key.substring(end + 1));
  }

  private List<Condition> filter(@Nullable String filter) {
    return Term.of(filter).stream().map(this::condition).toList();
  }

  private Condition condition(Term term) {
    if (term.field() == null) return byWord(term.value());
    var column = columns.get(term.field());
    if (column == null) throw unknown("filter", term.toString());
    return column.matching(term.operator(), term.value());
  }

  /// Every table keeps in `words` what free words are looked for in, in small letters.
  private static Condition byWord(String word) {
    var literal =
        word.toLowerCase(Locale.ROOT).replace("!", "!!").replace("_", "!_").replace("%", "!%");
    return Condition.of("words LIKE ? ESCAPE '!'", "%" + literal + "%");
  }

  private ProblemException unknown(String what, String found) {
    return ProblemException.of(
        400,
        "invalid-" + what,
        "expected %s by one of %s, found %s".formatted(what, columns.keySet(), found));
  }
}
