package dev.muster.orchestrator.api.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One of the terms that a filter is made of, all of which must hold: `field:value`, `field>=value`
/// and the like, or a free word.
///
/// @param field null for a free word
/// @param value what comes after the operator, or the word
record Term(@Nullable String field, String operator, String value) {
  private static final int TERMS_MAX = 50;
  private static final Pattern BY_FIELD = Pattern.compile("([A-Za-z]+)(:|>=|<=|>|<|=)(.*)");

  static List<Term> of(@Nullable String filter) {
    if (filter == null || filter.isBlank()) return List.of();
    var terms = new ArrayList<Term>();
    for (var term : filter.strip().split("\\s+", TERMS_MAX)) {
      var found = BY_FIELD.matcher(term);
      terms.add(
          found.matches()
              ? new Term(found.group(1), found.group(2), found.group(3))
              : new Term(null, "", term));
    }
    return terms;
  }

  @Override
  public String toString() {
    return field == null ? value : field + operator + value;
  }
}
