package dev.muster.cli.terminal;

/// How many columns of a terminal a character takes, after Unicode's East Asian Width (UAX #11) and
/// what terminals agree on.
final class Glyphs {
  private static final int REGIONAL_FIRST = 0x1F1E6;
  private static final int REGIONAL_LAST = 0x1F1FF;

  private Glyphs() {}

  /// 2 for East Asian wide characters and emoji, 0 for what combines with its neighbour, else 1.
  static int width(int point) {
    if (point < 0x300) return 1;
    if (combines(point)) return 0;
    return isWide(point) || isEmoji(point) ? 2 : 1;
  }

  private static boolean combines(int point) {
    var type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (point >= 0x1160 && point <= 0x11FF); // vowels and finals of Hangul
  }

  /// Two regional indicators make one flag of two columns.
  private static boolean isEmoji(int point) {
    return Character.isEmojiPresentation(point)
        && (point < REGIONAL_FIRST || point > REGIONAL_LAST);
  }

  private static boolean isWide(int point) {
    return (point >= 0x1100 && point <= 0x115F)
        || (point >= 0x2E80 && point <= 0xA4CF && point != 0x303F)
        || (point >= 0xA960 && point <= 0xA97C)
        || (point >= 0xAC00 && point <= 0xD7A3)
        || (point >= 0xF900 && point <= 0xFAFF)
        || (point >= 0xFE30 && point <= 0xFE6B)
        || (point >= 0xFF01 && point <= 0xFF60)
        || (point >= 0xFFE0 && point <= 0xFFE6)
        || (point >= 0x16FE0 && point <= 0x18CFF)
        || (point >= 0x1B000 && point <= 0x1B2FF)
        || (point >= 0x1F200 && point <= 0x1F265)
        || (point >= 0x20000 && point <= 0x3FFFD);
  }
}
