package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.text.UnifiedDiff;

/// What is different between what a model was asked for two turns.
///
/// @param from `run/worker#turn` that is compared with
/// @param to the turn itself
/// @param added lines
/// @param removed lines
/// @param diff unified, with what cannot be seen marked; empty when both are the same
/// @param cut whether lines were left out
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QuestionDiff(
    String from, String to, int added, int removed, String diff, boolean cut) {
  private static final int CHARS_MAX = 64 << 10;

  public static QuestionDiff of(String from, ModelQuestion before, String to, ModelQuestion after) {
    var diff = UnifiedDiff.of(before.text(), after.text(), CHARS_MAX);
    return new QuestionDiff(from, to, diff.added(), diff.removed(), diff.text(), diff.cut());
  }
}
