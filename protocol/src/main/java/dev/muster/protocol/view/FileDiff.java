package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.text.UnifiedDiff;
import org.jspecify.annotations.Nullable;

/// What is different in a file that was delivered.
///
/// @param from who had it before: a worker, a run, or `target`; null when nobody had
/// @param before SHA-256 of that; null when nobody had it, or it is too large
/// @param after SHA-256 of what was delivered
/// @param diff unified, with what cannot be seen marked; null when there is none to show
/// @param why there is no diff, or not all of it; null when it is whole
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FileDiff(
    String path,
    @Nullable String from,
    @Nullable String before,
    String after,
    long bytesAfter,
    int added,
    int removed,
    @Nullable String diff,
    @Nullable String why) {
  public FileDiff without(String because) {
    return new FileDiff(path, from, before, after, bytesAfter, 0, 0, null, because);
  }

  public FileDiff with(UnifiedDiff it) {
    var because = it.cut() ? "the rest is left out: 64 KiB are shown" : null;
    return new FileDiff(
        path, from, before, after, bytesAfter, it.added(), it.removed(), it.text(), because);
  }
}
