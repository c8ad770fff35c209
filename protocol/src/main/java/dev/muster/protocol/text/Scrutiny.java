package dev.muster.protocol.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Text that somebody is about to approve. More is marked here than in text to be read: letters
/// that look like others, blanks that are none, and blanks that push what follows out of sight.
public final class Scrutiny {
  private static final int BLANKS_MAX = 40;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");
  private static final Pattern BLANKS = Pattern.compile("[ \\t]{" + BLANKS_MAX + ",}");
  private static final Pattern ODD_BLANK =
      Pattern.compile("[\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000]");

  /// Letters of Greek, Cyrillic and others that a terminal shows like one of ASCII.
  private static final String LOOKALIKES =
      "АВЕЅІЈКМНОРСТУХҮԌԚԜаеіјорсухһѕԁԛԝѵҽΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχՏՕօսոցɑɡıſⅠⅤⅩⅬⅭⅮⅯⅰⅴⅹⅼⅽⅾⅿ";

  private Scrutiny() {}

  /// The lines of a text, each as whoever decides must see it.
  public static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    for (var line : text.split("\\R", -1)) lines.add(line(line));
    if (!lines.isEmpty() && lines.getLast().isEmpty()) lines.removeLast();
    return lines;
  }

  /// One line of it.
  public static String line(String text) {
    var words = WORD.matcher(text).replaceAll(word -> quoted(word(word)));
    var blanks =
        BLANKS.matcher(words).replaceAll(run -> quoted(" ⟨" + run.group().length() + " blanks⟩ "));
    return Visible.line(
        ODD_BLANK.matcher(blanks).replaceAll(blank -> quoted(escaped(blank.group()))));
  }

  /// What was marked in a text, in words; empty when all of it is what it looks like.
  public static List<String> warnings(String text) {
    var found = new ArrayList<String>();
    var ordinary = ODD_BLANK.matcher(text).replaceAll(" ");
    if (!Visible.block(ordinary).equals(ordinary)) {
      found.add("characters that cannot be seen or change the screen");
    }
    if (ODD_BLANK.matcher(text).find()) found.add("blanks that are none");
    if (BLANKS.matcher(text).find()) found.add("long runs of blanks");
    if (WORD.matcher(text).results().anyMatch(word -> !word(word).equals(word.group()))) {
      found.add("letters that look like others");
    }
    return found;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("$", "\\$");
  }

  /// In a word of another script its own letters are nothing to wonder about.
  private static String word(MatchResult match) {
    var word = match.group();
    if (word.codePoints().allMatch(point -> point < 0x80)) return word;
    var mixed = word.codePoints().anyMatch(Scrutiny::isLatin);
    var allAlike =
        word.codePoints().filter(Character::isLetter).allMatch(Scrutiny::looksLikeAnother);
    if (!mixed && !allAlike) return word;
    var shown = new StringBuilder();
    word.codePoints()
        .forEach(point -> {
          if (looksLikeAnother(point)) shown.append(escaped(Character.toString(point)));
          else shown.appendCodePoint(point);
        });
    return shown.toString();
  }

  private static boolean isLatin(int point) {
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
  }

  /// Also those that only another font is made of: full-width and mathematical letters.
  private static boolean looksLikeAnother(int point) {
    return LOOKALIKES.indexOf(point) >= 0
        || (point >= 0xFF01 && point <= 0xFF5E)
        || (point >= 0x1D400 && point <= 0x1D7FF);
  }

  private static String escaped(String text) {
    var shown = new StringBuilder();
    text.codePoints().forEach(point -> shown.append(Visible.number(point)));
    return shown.toString();
  }
}
