package dev.muster.cli.view;

import dev.muster.protocol.run.RunStatus.HeldFor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/// Holds of one wave that differ by their figures only, taken together.
///
/// @param reason of the longest
record HoldTotal(String reason, double seconds, int times, double longest) {
  private static final Pattern FIGURE = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

  static Collection<HoldTotal> of(List<HeldFor> holds) {
    var totals = new LinkedHashMap<String, HoldTotal>();
    for (var hold : holds) {
      var key = FIGURE.matcher(hold.reason()).replaceAll("#");
      var one = new HoldTotal(hold.reason(), hold.seconds(), 1, hold.seconds());
      totals.merge(key, one, HoldTotal::plus);
    }
    return totals.values();
  }

  private HoldTotal plus(HoldTotal other) {
    return new HoldTotal(
        other.longest > longest ? other.reason : reason,
        seconds + other.seconds,
        times + other.times,
        Math.max(longest, other.longest));
  }
}
