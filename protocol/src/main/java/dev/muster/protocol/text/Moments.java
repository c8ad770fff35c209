package dev.muster.protocol.text;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// Instants as Muster writes them everywhere: in UTC, with exactly three decimals.
public final class Moments {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Moments() {}

  public static String text(Instant at) {
    return MILLIS.format(at);
  }
}
