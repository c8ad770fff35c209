package dev.muster.orchestrator.api.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.api.exchange.Column.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Filters, sorts and pages a short list the same way for every resource.
///
/// A filter is `field:value` terms, values separated by commas, `field>=value` and the like for
/// numbers and times, and free words, all of which must hold. A cursor names the last item that was
/// seen, so items that come or go in between neither repeat nor hide others.
public final class Listing<T> {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 200;
  private static final char SEPARATOR = '\u001f';

  /// @param next null on the last page
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  private record Keyed<T>(String key, T item) {}

  private final Function<T, String> id;
  private final Map<String, Field<T>> fields = new LinkedHashMap<>();
  private Function<T, String> words = _ -> "";
  private String sort = "";

  /// @param id tells items apart and breaks ties
  public Listing(Function<T, String> id) {
    this.id = id;
  }

  /// A text to filter and sort by.
  public Listing<T> field(String name, Function<T, @Nullable Object> value) {
    return field(name, Kind.TEXT, List.of(), value);
  }

  /// One of a few words.
  public Listing<T> choice(
      String name, Class<? extends Enum<?>> choices, Function<T, @Nullable Object> value) {
    return choice(name, Column.names(choices), value);
  }

  public Listing<T> choice(String name, List<String> choices, Function<T, @Nullable Object> value) {
    return field(name, Kind.CHOICE, choices, value);
  }

  /// True or false.
  public Listing<T> flag(String name, Function<T, @Nullable Object> value) {
    return field(name, Kind.CHOICE, List.of("TRUE", "FALSE"), value);
  }

  public Listing<T> number(String name, Function<T, @Nullable Object> value) {
    return field(name, Kind.NUMBER, List.of(), value);
  }

  public Listing<T> time(String name, Function<T, @Nullable Object> value) {
    return field(name, Kind.TIME, List.of(), value);
  }

  private Listing<T> field(
      String name, Kind kind, List<String> choices, Function<T, @Nullable Object> value) {
    fields.put(name, new Field<>(new Column(name, kind, choices, name), value));
    return this;
  }

  /// What free words are looked for in.
  public Listing<T> words(Function<T, String> text) {
    words = text;
    return this;
  }

  /// The order unless a caller wants another; a leading `-` means descending.
  public Listing<T> sortedBy(String field) {
    sort = field;
    return this;
  }

  public Page<T> page(List<T> all, Call call) {
    var wanted = call.query("sort");
    var order = wanted == null ? sort : wanted;
    var descending = order.startsWith("-");
    var by = fields.get(descending ? order.substring(1) : order);
    if (by == null) throw unknown("sort", order);
    var matching = matching(call);
    var cursor = Cursor.decode(call, order);
    Comparator<Keyed<T>> comparator = Comparator.comparing(Keyed::key);
    var keyed =
        all.stream()
            .filter(matching)
            .map(item ->
                new Keyed<>(Keys.of(by.value().apply(item)) + SEPARATOR + id.apply(item), item))
            .sorted(descending ? comparator.reversed() : comparator)
            .filter(item -> cursor == null || after(item.key(), cursor, descending))
            .limit(limit(call) + 1L)
            .toList();
    var more = keyed.size() > limit(call);
    var items = more ? keyed.subList(0, limit(call)) : keyed;
    return new Page<>(
        items.stream().map(Keyed::item).toList(),
        more ? Cursor.encode(call, order, items.getLast().key()) : null);
  }

  public static int limit(Call call) {
    var limit = call.query("limit");
    if (limit == null) return LIMIT;
    try {
      var number = Integer.parseInt(limit);
      if (number >= 1 && number <= LIMIT_MAX) return number;
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw ProblemException.of(
        400, "invalid-limit", "expected limit from 1 to " + LIMIT_MAX + ", found " + limit);
  }

  /// What the filter of a call lets through.
  ///
  /// @throws ProblemException when it names a field that is none of this list's
  public Predicate<T> matching(Call call) {
    var terms = Term.of(call.query("filter")).stream().map(this::predicate).toList();
    return item -> terms.stream().allMatch(term -> term.test(item));
  }

  private Predicate<T> predicate(Term term) {
    if (term.field() == null) return byWord(term.value());
    var field = fields.get(term.field());
    if (field == null) throw unknown("filter", term.toString());
    return field.matching(term.operator(), term.value());
  }

  private Predicate<T> byWord(String word) {
    var wanted = word.toLowerCase(Locale.ROOT);
    return item -> words.apply(item).toLowerCase(Locale.ROOT).contains(wanted);
  }

  private ProblemException unknown(String what, String found) {
    return ProblemException.of(
        400,
        "invalid-" + what,
        "expected %s by one of %s, found %s".formatted(what, fields.keySet(), found));
  }

  private static boolean after(String key, String cursor, boolean descending) {
    var order = key.compareTo(cursor);
    return descending ? order < 0 : order > 0;
  }
}
