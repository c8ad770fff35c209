package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands behind the mark of a list item: bullet, number, checkbox, tick, or table row.
final class ItemText {
  private static final Pattern MARK = Pattern.compile("^\\s*(?:[-*+•:]|\\d{1,4}[.)])\\s+");
  private static final Pattern BOX = Pattern.compile("^\\[[ xX✓✔]?]\\s*");
  private static final Pattern TICK = Pattern.compile("^[✅☑✓✔❌⬜☐]\\uFE0F?\\s*");
  private static final Pattern TABLE_RULE = Pattern.compile("^[|\\s:-]+$");

  private ItemText() {}

  /// Null when the line is no item.
  static @Nullable String of(String line) {
    var mark = MARK.matcher(line);
    if (mark.find()) return plain(line.substring(mark.end()));
    var stripped = line.strip();
    if (stripped.startsWith("|") && !TABLE_RULE.matcher(stripped).matches()) {
      return stripped.substring(1);
    }
    return null;
  }

  static String orPlain(String line) {
    var item = of(line);
    return item == null ? line.strip() : item;
  }

  private static String plain(String text) {
    var unboxed = BOX.matcher(text).replaceFirst("");
    return TICK.matcher(unboxed).replaceFirst("").strip();
  }
}
