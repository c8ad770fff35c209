package dev.muster.node.headroom;

import dev.muster.protocol.headroom.HeadroomLimits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether one resource lets more work in. It closes when the resource was at its limit or above in
/// three samples in a row, and opens again when it was five points below in three.
///
/// @param known false before the first sample, which decides by itself
/// @param streak samples in a row that speak for the other side
record GateState(boolean known, boolean open, int streak) {
  static final int SAMPLES = 3;
  static final double POINTS_BELOW = 5;
  static final GateState UNKNOWN = new GateState(false, true, 0);

  GateState next(double percent, double limit) {
    if (limit >= HeadroomLimits.OFF) return new GateState(true, true, 0);
    if (!known) return new GateState(true, percent < limit, 0);
    var speaksForTheOther = open ? percent >= limit : percent < opensBelow(limit);
    if (!speaksForTheOther) return new GateState(true, open, 0);
    return streak + 1 == SAMPLES
        ? new GateState(true, !open, 0)
        : new GateState(true, open, streak + 1);
  }

  /// Why it is closed, in words with numbers and the setting that says so; null while it is open.
  @Nullable String reason(String name, double percent, double limit) {
    if (open) return null;
    var setting = "headroom." + name + "-percent";
    var opens = plain(opensBelow(limit));
    if (percent >= limit) {
      return String.format(
          Locale.ROOT,
          "%s %.1f%% ≥ %s%% (%s), opens below %s%%",
          name,
          percent,
          plain(limit),
          setting,
          opens);
    }
    var missing = SAMPLES - streak;
    var when =
        percent < opensBelow(limit)
            ? "opens after %d more %s below %s%%"
                .formatted(missing, missing == 1 ? "sample" : "samples", opens)
            : "opens below " + opens + "%";
    return String.format(
        Locale.ROOT,
        "%s %.1f%% now, had reached %s%% (%s), %s",
        name,
        percent,
        plain(limit),
        setting,
        when);
  }

  /// A limit so low that five points below it is nothing would never open again.
  private static double opensBelow(double limit) {
    return limit - Math.min(POINTS_BELOW, limit / 2);
  }

  private static String plain(double percent) {
    return percent == Math.rint(percent)
        ? Long.toString(Math.round(percent))
        : String.format(Locale.ROOT, "%.1f", percent);
  }
}
