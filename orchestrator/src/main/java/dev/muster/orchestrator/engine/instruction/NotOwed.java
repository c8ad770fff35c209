package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words beside a path among the deliverables that say that it is not one.
final class NotOwed {
  private static final Pattern GONE =
      Pattern.compile(
          "(?i)(?:^|\\b(?:and|then)\\s+)(?:deletes?|removes?|deleted|removed|lösche|entferne)"
              + "(?:\\s+(?:the|old|obsolete|files?|die|datei)){0,3}\\s*:?\\s*$");
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(?i)\\b(?:do(?:es)? not|don't|never|must not|may"
              + " not|cannot|without)\\s+(?:\\w+\\s+){0,3}$");
  private static final Pattern READ = Pattern.compile("(?i)^(?:reads?|lies)\\s+(?:the\\s+)?$");
  private static final Pattern OPTIONAL =
      Pattern.compile(
          "(?i)^\\s*[(\\[,–—-]?\\s*(?:optional\\b|if (?:needed|necessary|applicable)\\b)");

  private NotOwed() {}

  /// How a sentence that begins with the path goes on; null when it is owed.
  ///
  /// @param before what stands in front of the path in its item
  /// @param behind what follows it
  static @Nullable String why(String before, String behind) {
    var words = DeliverablesReader.MARKUP.matcher(before).replaceAll("");
    if (GONE.matcher(words).find()) return "is to be deleted, so it is not owed";
    if (FORBIDDEN.matcher(words).find()) return "is named as what not to do, so it is not owed";
    if (READ.matcher(words).find()) return "is to be read, so it is not owed";
    return OPTIONAL.matcher(behind).find() ? "is optional, so it is not owed" : null;
  }
}
