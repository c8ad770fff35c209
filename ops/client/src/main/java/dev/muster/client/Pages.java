package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Iterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;

/// The items of a list, with the next page asked for when the one before is used up.
final class Pages extends AbstractSpliterator<JsonNode> {
  /// A server that never ends must not keep anybody for ever.
  private static final int ITEMS_MAX = 1_000_000;

  /// Also of pages that are empty.
  private static final int PAGES_MAX = 20_000;

  private final Function<String, JsonNode> page;
  private final String where;
  private Iterator<JsonNode> items = Collections.emptyIterator();
  private String next = "";
  private int pages;
  private int told;

  /// @param page by its cursor, which is empty for the first
  Pages(String where, Function<String, JsonNode> page) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.where = where;
    this.page = page;
  }

  @Override
  public boolean tryAdvance(Consumer<? super JsonNode> action) {
    while (!items.hasNext()) {
      if (pages > 0 && next.isEmpty()) return false;
      if (++pages > PAGES_MAX) throw tooMany(PAGES_MAX, "pages");
      var read = page.apply(next);
      items = read.path("items").iterator();
      next = read.path("next").isTextual() ? read.path("next").asText() : "";
    }
    if (++told > ITEMS_MAX) throw tooMany(ITEMS_MAX, "items");
    action.accept(items.next());
    return true;
  }

  private ApiException tooMany(int max, String what) {
    var why = "expected at most %,d %s, found more: ask with a filter".formatted(max, what);
    return new ApiException(new Failure.Misunderstood(where, why), null);
  }
}
