package dev.muster.protocol.text;

import java.util.Locale;

/// Makes seen what cannot be seen. Titles, scripts, reasons and file names come from others, so
/// nothing in them may move a cursor, colour a screen, begin a line, turn the reading order around,
/// or be there without showing. Screens, log files and JSON that people read share this.
public final class Visible {
  private Visible() {}

  /// One line: line ends and tabs become blanks.
  public static String line(String text) {
    return visible(text, false);
  }

  /// Many lines: line ends and tabs stay.
  public static String block(String text) {
    return visible(text, true);
  }

  /// JSON that means the same, with nothing raw in its strings that `line` would change.
  public static String json(String json) {
    if (!holdsRaw(json)) return json;
    var shown = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(point -> {
          if (!isRawInJson(point)) {
            shown.appendCodePoint(point);
          } else {
            for (var unit : Character.toChars(point)) escape(unit, shown);
          }
        });
    return shown.toString();
  }

  /// Most of it is plain, and there may be much of it.
  private static boolean holdsRaw(String json) {
    for (var at = 0; at < json.length(); at++) {
      if (json.charAt(at) < 0x7F) continue;
      var point = json.codePointAt(at);
      if (isRawInJson(point)) return true;
      if (Character.isSupplementaryCodePoint(point)) at++;
    }
    return false;
  }

  /// Whether a character must not reach a reader as it is.
  public static boolean isUnsafe(int point) {
    if (point < 0x7F) return point < 0x20;
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isFiller(point);
    };
  }

  /// Letters and marks that leave nothing on the screen: fillers of Hangul and Khmer, the joiner of
  /// marks, the selectors of glyphs beyond the two that emoji use, and the empty Braille cell.
  private static boolean isFiller(int point) {
    return point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x2800
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0D)
        || point == 0xFFA0
        || (point >= 0xE0100 && point <= 0xE01EF);
  }

  private static boolean isRawInJson(int point) {
    return point > 0x7E && isUnsafe(point);
  }

  private static String visible(String text, boolean manyLines) {
    if (text.codePoints().noneMatch(Visible::isUnsafe)) return text;
    var shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (!isUnsafe(point)) {
            shown.appendCodePoint(point);
          } else if (point == '\n' || point == '\t') {
            shown.append(manyLines ? (char) point : ' ');
          } else if (point < 0x20) {
            shown.append('^').append((char) (point + '@'));
          } else {
            escape(point, shown);
          }
        });
    return shown.toString();
  }

  private static void escape(int point, StringBuilder to) {
    to.append(String.format(Locale.ROOT, "\\u%04X", point));
  }
}
