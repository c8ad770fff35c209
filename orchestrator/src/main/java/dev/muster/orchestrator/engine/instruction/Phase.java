package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A phase as files write it: `1.1 - Name`, `2 - Name`, `0 (Name)`.
///
/// @param minor -1 when the phase has no second number
public record Phase(int major, int minor, String name) {
  private static final Pattern TEXT =
      Pattern.compile("^(?:phase\\s+)?(\\d{1,4})(?:\\.(\\d{1,4}))?(.*)$", Pattern.CASE_INSENSITIVE);
  private static final int MINORS = 10_000;

  /// Null when the text does not begin with a number.
  public static @Nullable Phase parse(String text) {
    var match = TEXT.matcher(text.strip());
    if (!match.matches()) return null;
    var minor = match.group(2) == null ? -1 : Integer.parseInt(match.group(2));
    var name = match.group(3).strip().replaceFirst("^[-–—:.]\\s*", "");
    if (name.startsWith("(") && name.endsWith(")")) name = name.substring(1, name.length() - 1);
    return new Phase(Integer.parseInt(match.group(1)), minor, name.strip());
  }

  /// Whether this phase lies from one phase to another, both included; `4` covers `4.1` and all
  /// others of 4.
  public boolean within(Phase from, Phase to) {
    var low = from.major * MINORS + Math.max(0, from.minor);
    var high = to.major * MINORS + (to.minor < 0 ? MINORS - 1 : to.minor);
    var here = major * MINORS + Math.max(0, minor);
    return low <= here && here <= high;
  }

  boolean isBefore(Phase other) {
    return major != other.major
        ? major < other.major
        : minor >= 0 && other.minor >= 0 && minor < other.minor;
  }

  /// `4.8`, or `4`.
  public String number() {
    return minor < 0 ? Integer.toString(major) : major + "." + minor;
  }
}
