package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// A time as people type it: so long ago (`2h`), a day, or a moment. Without a zone it is UTC, as
/// all times that are shown.
final class When {
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern LOCAL =
      Pattern.compile(DAY + "[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");
  private static final Pattern AGO = Pattern.compile("\\d+[a-z]+");

  private When() {}

  /// @param flag named in the refusal
  /// @param endOfDay a day means its end and not its beginning
  /// @throws Refusal when it is no time
  static Instant parse(String flag, String text, Instant now, boolean endOfDay) {
    try {
      if (AGO.matcher(text).matches()) return now.minus(new DurationConverter().convert(text));
      if (DAY.matcher(text).matches()) {
        var day = LocalDate.parse(text);
        return (endOfDay ? day.plusDays(1) : day).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return LOCAL.matcher(text).matches()
          ? LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC)
          : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException | TypeConversionException e) {
      throw new Refusal(
          Exit.USAGE,
          flag + ": expected 2h, 2026-01-31 or 2026-01-31T10:00:00Z, found '" + text + "'",
          null,
          e);
    }
  }
}
