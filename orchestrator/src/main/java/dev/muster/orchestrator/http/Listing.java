package dev.muster.orchestrator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Filters, sorts and pages a list the same way for every resource.
///
/// A filter is `field:value` terms, values separated by commas, and free words, all of which must
/// hold. A cursor names the last item that was seen, so items that come or go in between neither
/// repeat nor hide others.
final class Listing<T> {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 200;
  private static final char SEPARATOR = '\u001f';

  /// @param next null on the last page
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Page<T>(List<T> items, @Nullable String next) {
    Page {
      items = List.copyOf(items);
    }
  }

  private record Keyed<T>(String key, T item) {}

  private final Function<T, String> id;
  private final Map<String, Function<T, @Nullable Object>> fields = new LinkedHashMap<>();
  private Function<T, String> words = _ -> "";
  private String sort = "";

  /// @param id tells items apart and breaks ties
  Listing(Function<T, String> id) {
    this.id = id;
  }

  /// A field to filter and sort by. Numbers and instants sort as such.
  Listing<T> field(String name, Function<T, @Nullable Object> value) {
    fields.put(name, value);
    return this;
  }

  /// What free words are looked for in.
  Listing<T> words(Function<T, String> text) {
    words = text;
    return this;
  }

  /// The order unless a caller wants another; a leading `-` means descending.
  Listing<T> sortedBy(String field) {
    sort = field;
    return this;
  }

  Page<T> page(List<T> all, Call call) {
    var wanted = call.query("sort");
    var order = wanted == null ? sort : wanted;
    var descending = order.startsWith("-");
    var by = fields.get(descending ? order.substring(1) : order);
    if (by == null) throw unknown("sort", order);
    var matching = filter(call.query("filter"));
    var cursor = decode(call.query("cursor"), order);
    Comparator<Keyed<T>> comparator = Comparator.comparing(Keyed::key);
    var keyed =
        all.stream()
            .filter(matching)
            .map(item -> new Keyed<>(Keys.of(by.apply(item)) + SEPARATOR + id.apply(item), item))
            .sorted(descending ? comparator.reversed() : comparator)
            .filter(item -> cursor == null || after(item.key(), cursor, descending))
            .limit(limit(call) + 1L)
            .toList();
    var more = keyed.size() > limit(call);
    var items = more ? keyed.subList(0, limit(call)) : keyed;
    return new Page<>(
        items.stream().map(Keyed::item).toList(),
        more ? encode(order, items.getLast().key()) : null);
  }

  static int limit(Call call) {
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

  private Predicate<T> filter(@Nullable String filter) {
    if (filter == null || filter.isBlank()) return _ -> true;
    var terms = new ArrayList<Predicate<T>>();
    for (var term : filter.strip().split("\\s+", 50)) {
      var colon = term.indexOf(':');
      terms.add(colon > 0 ? byField(term, colon) : byWord(term));
    }
    return item -> terms.stream().allMatch(term -> term.test(item));
  }

  private Predicate<T> byField(String term, int colon) {
    var field = fields.get(term.substring(0, colon));
    if (field == null) throw unknown("filter", term);
    var values = List.of(term.substring(colon + 1).split(",", 100));
    return item -> {
      var value = String.valueOf(field.apply(item));
      return values.stream().anyMatch(value::equalsIgnoreCase);
    };
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

  private static String encode(String sort, String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((sort + '\n' + key).getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String decode(@Nullable String cursor, String sort) {
    if (cursor == null) return null;
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith(sort + '\n')) return text.substring(sort.length() + 1);
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw ProblemException.of(
        400,
        "invalid-cursor",
        "expected the `next` of an earlier page with the same sort: begin without a cursor");
  }
}
