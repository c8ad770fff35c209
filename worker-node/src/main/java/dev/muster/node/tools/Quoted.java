package dev.muster.node.tools;

import dev.muster.node.tools.Parameters.UnfitException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/// Texts as words of a shell: what stands in them is never read as anything else.
final class Quoted {
  static String word(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  static String words(Collection<String> texts) {
    return texts.stream().map(Quoted::word).collect(Collectors.joining(" "));
  }

  /// A text that a command line can carry.
  static String checked(String name, String text, int bytesMax) throws UnfitException {
    if (text.indexOf('\0') >= 0) throw new UnfitException("`" + name + "` holds a NUL character");
    var bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes <= bytesMax) return text;
    throw new UnfitException(
        "`%s` has %d bytes, more than the %d it may".formatted(name, bytes, bytesMax));
  }

  private Quoted() {}
}
