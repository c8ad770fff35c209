package dev.muster.protocol.text;

import java.util.Locale;

/// The one way in which Muster shows text of others: nothing in it moves a cursor, colours a
/// screen, turns the reading order, begins a line of its own, or is there without being seen. What
/// would becomes its number in Unicode, in braces behind a backslash and a `u`.
public final class Visible {
  private static final int EMOJI_LOOK = 0xFE0F;

  private Visible() {}

  /// Everything marked, line ends and tabs too: for what is judged character by character.
  public static String visible(String text) {
    return shown(text, Ends.MARKED);
  }

  /// On one line: line ends, tabs and all kinds of blanks become a space.
  public static String line(String text) {
    return shown(text, Ends.SPACE);
  }

  /// On as many lines as it has: line ends and tabs stay.
  public static String block(String text) {
    return shown(text, Ends.KEPT);
  }

  /// A JSON text that means the same and may be shown: what would be marked is escaped as JSON has
  /// it. Such characters occur within its strings only; its own line ends stay.
  public static String json(String json) {
    if (isPlain(json)) return json;
    var shown = new StringBuilder(json.length() + 32);
    json.codePoints()
        .forEach(point -> {
          if (point == '\n' || !isMarked(point)) {
            shown.appendCodePoint(point);
          } else {
            for (var unit : Character.toChars(point)) {
              shown.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
            }
          }
        });
    return shown.toString();
  }

  private enum Ends {
    MARKED,
    SPACE,
    KEPT
  }

  private static String shown(String text, Ends ends) {
    if (isPlain(text)) return text;
    var shown = new StringBuilder(text.length() + 32);
    var before = -1;
    for (var i = 0; i < text.length(); i += Character.charCount(before)) {
      var point = text.codePointAt(i);
      if (isMarked(point) && !looksLikeEmoji(before, point)) append(shown, point, ends);
      else shown.appendCodePoint(point);
      before = point;
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point, Ends ends) {
    var isEnd = point == '\n' || point == '\t';
    if (ends == Ends.KEPT && isEnd) {
      shown.append((char) point);
    } else if (ends == Ends.SPACE && (isEnd || isBlank(point))) {
      shown.append(' ');
    } else {
      shown.append(number(point));
    }
  }

  /// How a character is marked.
  static String number(int point) {
    return "\\u{" + Integer.toHexString(point).toUpperCase(Locale.ROOT) + "}";
  }

  private static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (unit < 0x20 || unit > 0x7E) return false;
    }
    return true;
  }

  /// What says of a symbol before it that it shall be coloured, and is harmless there.
  private static boolean looksLikeEmoji(int before, int point) {
    return point == EMOJI_LOOK && before > 0 && Character.isEmoji(before);
  }

  /// Whether a character cannot be shown as it is.
  public static boolean isMarked(int point) {
    if (point >= 0x20 && point < 0x7F) return false;
    return isBlank(point)
        || isDrawnAsNothing(point)
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.UNASSIGNED ->
              true;
          default -> false;
        };
  }

  /// Looks like a space, and is none to a shell.
  private static boolean isBlank(int point) {
    return point != ' ' && Character.getType(point) == Character.SPACE_SEPARATOR;
  }

  /// Letters, marks and symbols by name, which fonts draw as nothing at all.
  private static boolean isDrawnAsNothing(int point) {
    return point == 0x034F // combining grapheme joiner
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x2800 // braille without dots
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFFA0
        || point == 0xFFFC
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }
}
