package dev.muster.orchestrator.engine.instruction;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands behind the mark of a list item: bullet, number, checkbox, tick, or table row.
final class ItemText {
  private static final Pattern MARK =
      Pattern.compile("^\\s*(?:[-*+•·▪‣◦\uF0B7\uF0A7:]|\\d{1,4}[.)])\\s+");
  private static final Pattern BOX = Pattern.compile("^\\[[ xX✓✔]?]\\s*");
  private static final Pattern TICK = Pattern.compile("^[✅☑✓✔❌⬜☐]\\uFE0F?\\s*");
  private static final Pattern TABLE_RULE = Pattern.compile("^[|\\s:-]+$");

  /// `<li>`, `<file>`, or a row of an HTML table, with what opens the list around it.
  private static final Pattern HTML =
      Pattern.compile(
          "^\\s*(?:<(?:[uo]l|table|tbody)\\b[^<>]*>\\s*)*<(?:li|tr|file|deliverable|output)\\b[^<>]*>");

  private static final Pattern HTML_CODE = Pattern.compile("<code>`?([^<>`]{1,500})`?</code>");
  private static final Pattern HTML_NEXT =
      Pattern.compile("<(?:li|tr|file|deliverable|output)\\b[^<>]*>");
  private static final Pattern HTML_TAG =
      Pattern.compile("</?(?:[uo]l|table|tbody|li|t[rdh]|p|file|deliverable|output)\\b[^<>]*>");

  private ItemText() {}

  /// As if what is in `<code>…</code>` stood in backticks.
  static String inBackticks(String text) {
    return text.indexOf('<') < 0 ? text : HTML_CODE.matcher(text).replaceAll("`$1`");
  }

  /// The items of a line of HTML; empty when it begins with none.
  static List<String> html(String line) {
    if (line.indexOf('<') < 0 || !HTML.matcher(line).find()) return List.of();
    return HTML_NEXT
        .splitAsStream(line)
        .map(text -> HTML_TAG.matcher(text).replaceAll(" ").strip())
        .filter(text -> !text.isEmpty())
        .toList();
  }

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
