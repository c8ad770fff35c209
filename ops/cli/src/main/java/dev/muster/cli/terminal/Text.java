package dev.muster.cli.terminal;

import dev.muster.protocol.text.ShellWord;
import dev.muster.protocol.text.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Text as a terminal may receive it. Titles, reasons and scripts come from files that others
/// wrote, so nothing in them may move the cursor, colour the screen or reverse the reading order.
public final class Text {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

  private Text() {}

  /// One line, see `Visible`.
  public static String line(String text) {
    return Visible.line(text);
  }

  /// Many lines: as `line`, but line ends and tabs stay.
  public static String block(String text) {
    return Visible.block(text);
  }

  /// As a shell reads it back: in quotes where it needs them.
  public static String quoted(String word) {
    return ShellWord.of(word);
  }

  /// At most this many columns; what is cut ends with an ellipsis.
  public static String cut(String text, int columnsMax) {
    if (width(text) <= columnsMax) {
      return text;
    }
    var kept = new StringBuilder();
    var columns = 0;
    for (var point : text.codePoints().toArray()) {
      columns += width(point);
      if (columns > columnsMax - 1) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return kept.append('…').toString();
  }

  /// Columns on a terminal: East Asian wide characters and emoji take two, combining marks none.
  public static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  private static int width(int point) {
    return Glyphs.width(point);
  }

  /// As much of the beginning as fits, at least one character.
  static String head(String text, int columns) {
    var used = 0;
    var end = 0;
    while (end < text.length()) {
      var point = text.codePointAt(end);
      used += width(point);
      if (used > columns && end > 0) break;
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  /// UTC with exactly three decimals.
  public static String time(@Nullable Instant time) {
    return time == null ? "-" : TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /// `0.8 s`, `42.0 s`, `3 min 5 s`, `2 h 7 min`, `24 h`.
  public static String duration(Duration duration) {
    var seconds = duration.toMillis() / 1000.0;
    if (seconds < 59.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    var whole = Math.round(seconds);
    var small = whole < 3600 ? whole % 60 : whole % 3600 / 60;
    var large = whole < 3600 ? whole / 60 + " min" : whole / 3600 + " h";
    return small == 0 ? large : large + " " + small + (whole < 3600 ? " s" : " min");
  }

  public static String seconds(double seconds) {
    return duration(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /// As people say it, in units of 1024: `512 B`, `1.5 KiB`, `157.0 MiB`.
  public static String bytes(long bytes) {
    if (bytes < 1024) return bytes + " B";
    var unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return String.format(
        Locale.ROOT, "%.1f %ciB", (double) bytes / (1L << (unit * 10)), "KMGTPE".charAt(unit - 1));
  }

  /// `1 worker`, `3 workers`.
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
