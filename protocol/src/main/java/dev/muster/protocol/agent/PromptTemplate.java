package dev.muster.protocol.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt with named places, as people write it: Markdown, with the line `<!-- user -->` between
/// what the model is told once and what it is asked. A section (from a line with `## ` to the next)
/// all of whose places stay empty is left out. What is filled in is never looked through for places
/// again. Pure.
///
/// @param system what stands before the line
/// @param user what stands behind it
public record PromptTemplate(String system, String user) {
  public static final int CHARS_MAX = 64 * 1_024;

  /// What is filled in may be as long as an instruction.
  private static final int SAME_PLACE_MAX = 16;

  /// What a place may be called: facts of the worker, and the text of any point by its name in
  /// lower case.
  public static final Set<String> PLACES =
      Set.of(
          "worker",
          "title",
          "role",
          "points",
          "files",
          "tests",
          "inputs",
          "lessons",
          "deliverables",
          "success_criteria",
          "boundaries",
          "enforced",
          "dependencies",
          "mitigation",
          "test_process",
          "test_results_format",
          "task_classification",
          "retrospective",
          "performance_requirements");

  private static final String DIVIDER = "<!-- user -->";
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Za-z_]+)\\s*}}");
  private static final Pattern SECTION = Pattern.compile("(?m)^(?=## )");

  /// @throws IllegalArgumentException in words, for a text that is none
  public static PromptTemplate parse(String text) {
    if (text.length() > CHARS_MAX) {
      throw new IllegalArgumentException(
          "it has %d characters, at most %d are read".formatted(text.length(), CHARS_MAX));
    }
    var at = text.indexOf(DIVIDER);
    if (at < 0) {
      throw new IllegalArgumentException(
          "expected a line " + DIVIDER + " between what the model is told once and the task");
    }
    var places = PLACE.matcher(text);
    var named = new HashMap<String, Integer>();
    while (places.find()) {
      var name = places.group(1).toLowerCase(Locale.ROOT);
      if (!PLACES.contains(name)) {
        throw new IllegalArgumentException(
            "line %d: no place is called %s; there are %s"
                .formatted(
                    lineOf(text, places.start()),
                    name,
                    String.join(", ", PLACES.stream().sorted().toList())));
      }
      if (named.merge(name, 1, Integer::sum) > SAME_PLACE_MAX) {
        throw new IllegalArgumentException(
            "line %d: %s is named more often than %d times"
                .formatted(lineOf(text, places.start()), name, SAME_PLACE_MAX));
      }
    }
    return new PromptTemplate(text.substring(0, at), text.substring(at + DIVIDER.length()));
  }

  private static long lineOf(String text, int at) {
    return 1 + text.substring(0, at).chars().filter(it -> it == '\n').count();
  }

  /// @param values by place; what is missing is empty
  public String system(Map<String, String> values) {
    return filled(system, values);
  }

  public String user(Map<String, String> values) {
    return filled(user, values);
  }

  private static String filled(String template, Map<String, String> values) {
    var kept = new StringBuilder();
    for (var section : SECTION.split(template, -1)) {
      var names = new ArrayList<String>();
      var text =
          PLACE
              .matcher(section)
              .replaceAll(place -> {
                names.add(value(place.group(1), values));
                return Matcher.quoteReplacement(names.getLast());
              });
      if (isWanted(section, names)) kept.append(text.strip()).append("\n\n");
    }
    return kept.toString().strip();
  }

  private static boolean isWanted(String section, List<String> filled) {
    if (section.isBlank()) return false;
    return !section.startsWith("## ")
        || filled.isEmpty()
        || !filled.stream().allMatch(String::isEmpty);
  }

  private static String value(String place, Map<String, String> values) {
    return values.getOrDefault(place.toLowerCase(Locale.ROOT), "").strip();
  }
}
