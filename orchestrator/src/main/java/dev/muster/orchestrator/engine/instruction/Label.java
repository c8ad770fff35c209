package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `**Key:** value`, or in list items also `Key: value`.
record Label(String key, String value) {
  private static final Pattern BOLD =
      Pattern.compile("^(?:\\*\\*|__)([^*:]{1,80}+)(?::(?:\\*\\*|__)|(?:\\*\\*|__)\\s*:)\\s*(.*)$");
  private static final Pattern PLAIN =
      Pattern.compile("^([\\p{L}][\\p{L}\\p{N} _/-]{0,60}):(?:\\s+(.*))?$");

  static @Nullable Label bold(String text) {
    var match = BOLD.matcher(text);
    return match.matches() ? new Label(match.group(1).strip(), match.group(2).strip()) : null;
  }

  static @Nullable Label of(String text) {
    var bold = bold(text);
    if (bold != null) return bold;
    var match = PLAIN.matcher(text);
    if (!match.matches()) return null;
    var value = match.group(2);
    return new Label(match.group(1).strip(), value == null ? "" : value.strip());
  }

  boolean is(String name) {
    return key.equalsIgnoreCase(name);
  }

  /// The value without the quotes or backticks around it.
  String unquoted() {
    var text = value;
    if (text.length() >= 2 && "\"'`".indexOf(text.charAt(0)) >= 0) {
      var end = text.indexOf(text.charAt(0), 1);
      if (end > 0) text = text.substring(1, end);
    }
    return text;
  }
}
