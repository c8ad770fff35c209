package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.text.UnifiedDiff;

/// What is different between two texts of an instruction.
///
/// @param from digest of the text that is compared with
/// @param to digest of the text itself
/// @param added lines
/// @param removed lines
/// @param diff unified, with what cannot be seen marked; empty when both are the same
/// @param cut whether lines were left out
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VersionDiff(
    String from, String to, int added, int removed, String diff, boolean cut) {
  private static final int CHARS_MAX = 256 << 10;

  public static VersionDiff of(String from, String before, String to, String after) {
    var diff = UnifiedDiff.of(before, after, CHARS_MAX);
    return new VersionDiff(from, to, diff.added(), diff.removed(), diff.text(), diff.cut());
  }
}
