package dev.muster.orchestrator.api.exchange;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether an `Accept` header lets a media type through. Preferences are not weighed: every
/// resource has one shape, or two that a caller asks for by name.
public final class Accepts {
  private Accepts() {}

  public static boolean matches(@Nullable String accept, String type) {
    if (accept == null || accept.isBlank()) return true;
    for (var range : accept.split(",", -1)) {
      if (covers(range, type)) return true;
    }
    return false;
  }

  /// Whether the type is asked for by its own name.
  public static boolean names(@Nullable String accept, String type) {
    return accept != null && accept.toLowerCase(Locale.ROOT).contains(type);
  }

  private static boolean covers(String range, String type) {
    var parts = range.toLowerCase(Locale.ROOT).split(";", -1);
    for (var i = 1; i < parts.length; i++) {
      if (parts[i].strip().matches("q=0(\\.0*)?")) return false;
    }
    var name = parts[0].strip();
    var bare = type.split(";", -1)[0];
    return name.equals("*/*")
        || name.equals(bare)
        || (name.endsWith("/*") && bare.startsWith(name.substring(0, name.length() - 1)));
  }
}
