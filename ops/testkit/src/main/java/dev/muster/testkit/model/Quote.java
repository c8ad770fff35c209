package dev.muster.testkit.model;

import java.util.List;
import java.util.Locale;

/// JSON, as little as is needed.
final class Quote {
  private Quote() {}

  static String of(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (unit == '"' || unit == '\\') quoted.append('\\').append(unit);
      else if (unit < 0x20) quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      else quoted.append(unit);
    }
    return quoted.append('"').toString();
  }

  /// What looks like an object goes as it is.
  static String json(String text) {
    return text.startsWith("{") && text.endsWith("}") ? text : of(text);
  }

  static List<String> halves(String text) {
    return List.of(text.substring(0, text.length() / 2), text.substring(text.length() / 2));
  }
}
