package dev.muster.orchestrator.api.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Where a page ended. A cursor belongs to one list in one order: with any other it would silently
/// leave out or repeat something, so it is refused there.
public final class Cursor {
  private Cursor() {}

  /// @param order of the list, such as `-startedAt`
  /// @param key of the last item that was seen
  public static String encode(Call call, String order, String key) {
    return encoded(prefix(call, order) + key);
  }

  /// The key; null when the caller begins at the beginning.
  ///
  /// @throws ProblemException when it is none of this list
  public static @Nullable String decode(Call call, String order) {
    var cursor = call.query("cursor");
    if (cursor == null) return null;
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      var prefix = prefix(call, order);
      if (text.startsWith(prefix) && encoded(text).equals(cursor)) {
        return text.substring(prefix.length());
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw invalid();
  }

  public static ProblemException invalid() {
    return ProblemException.of(
        400,
        "invalid-cursor",
        "expected the `next` of an earlier page of this list with the same sort: begin without a"
            + " cursor");
  }

  private static String prefix(Call call, String order) {
    var run = call.query("run");
    return call.path() + '\n' + (run == null ? "" : run) + '\n' + order + '\n';
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
