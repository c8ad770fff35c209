package dev.muster.node.tools;

import dev.muster.node.tools.Boundaries.Act;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One enforced line of BOUNDARIES.
///
/// @param number of the statement, from 1
/// @param line as written
/// @param allows whether it says CAN
/// @param names files, folders (with `/` at their end) and patterns that it names
/// @param scope of a line that names none; null when it names some
record Rule(
    int number,
    String line,
    boolean allows,
    Set<Act> acts,
    List<String> names,
    @Nullable Scope scope) {
  private static final int NAMED = 3;
  private static final int BELOW = 2;
  private static final int IN_SCOPE = 1;

  /// What a line means that names no path.
  ///
  /// @param word that the path must hold; null when any will do
  record Scope(What what, @Nullable String word) {
    enum What {
      FILES,
      TESTS,
      NETWORK
    }
  }

  /// How closely it is about this: 0 when not at all.
  int weight(Act act, String path) {
    if (!acts.contains(act)) return 0;
    for (var name : names) {
      if (isSame(path, name)) return NAMED;
    }
    for (var name : names) {
      if (name.endsWith("/") && isBelow(path, name)) return BELOW;
      if (name.contains("*") && isLike(path, name)) return BELOW;
    }
    return scope != null && covers(scope, path) ? IN_SCOPE : 0;
  }

  /// Whether the path itself stands in the line.
  boolean names(String path) {
    return names.stream().anyMatch(name -> isSame(path, name));
  }

  boolean network() {
    return scope != null && scope.what() == Scope.What.NETWORK;
  }

  /// Whether it forbids paths that can only be found by looking at everything.
  boolean forbidsUnknown() {
    return !allows && acts.contains(Act.CREATE) && !network();
  }

  String inWords() {
    return "BOUNDARIES, statement %d: `%s`".formatted(number, line);
  }

  /// A name without its folder means that name wherever it lies.
  private static boolean isSame(String path, String name) {
    return path.equals(name) || path.endsWith("/" + name);
  }

  private static boolean isBelow(String path, String folder) {
    return path.startsWith(folder) || path.contains("/" + folder);
  }

  private static boolean isLike(String path, String pattern) {
    var from = pattern.contains("/") ? path : path.substring(path.lastIndexOf('/') + 1);
    var parts = pattern.split("\\*+", -1);
    if (!from.startsWith(parts[0])) return false;
    var at = parts[0].length();
    for (var i = 1; i < parts.length - 1; i++) {
      var next = from.indexOf(parts[i], at);
      if (next < 0) return false;
      at = next + parts[i].length();
    }
    var last = parts[parts.length - 1];
    return from.length() - last.length() >= at && from.endsWith(last);
  }

  private static boolean covers(Scope scope, String path) {
    var lower = path.toLowerCase(Locale.ROOT);
    return switch (scope.what()) {
      case FILES -> scope.word() == null || lower.contains(scope.word());
      case TESTS -> isTest(lower);
      case NETWORK -> false;
    };
  }

  private static boolean isTest(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith("test_")
        || name.matches(".*[_.-](test|tests|spec)\\.[a-z0-9]+")
        || ("/" + path).contains("/tests/")
        || ("/" + path).contains("/test/");
  }
}
