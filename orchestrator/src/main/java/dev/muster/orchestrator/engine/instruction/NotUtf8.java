package dev.muster.orchestrator.engine.instruction;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds bytes that are not UTF-8, or are NUL, and says what they most likely are: two encodings
/// are what other systems write when nobody asks them for one.
final class NotUtf8 {
  /// A name that does nothing in a command that somebody copies.
  private static final Pattern COPIED = Pattern.compile("\\w[\\w.-]*");

  private NotUtf8() {}

  /// Null when all bytes are fine.
  static @Nullable Finding find(String file, byte[] content) {
    var at = firstBad(content);
    if (at < 0) return null;
    var name = file.substring(file.lastIndexOf('/') + 1);
    var from = encoding(content, at);
    return Finding.of(
        Code.NOT_UTF8,
        file,
        lineOf(content, at),
        from == null
            ? "the bytes of this line are not UTF-8 text"
            : "the bytes of this line are not UTF-8 text; they look like " + from,
        from == null || !COPIED.matcher(name).matches()
            ? "Save the file as UTF-8."
            : "Save the file as UTF-8, as by iconv -f %s -t UTF-8 '%s' -o NEW."
                .formatted(from, name));
  }

  /// The index of the first byte that is not fine; -1 when all are.
  private static int firstBad(byte[] content) {
    var in = ByteBuffer.wrap(content);
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(in);
    } catch (CharacterCodingException e) {
      return in.position();
    }
    for (var at = 0; at < content.length; at++) if (content[at] == 0) return at;
    return -1;
  }

  /// As `iconv` calls it; null when it may be anything.
  private static @Nullable String encoding(byte[] content, int bad) {
    if (content.length > 1 && (content[0] & 0xFF) >= 0xFE && (content[1] & 0xFF) >= 0xFE) {
      return "UTF-16";
    }
    var nulls = new int[2];
    var controls = 0;
    for (var at = 0; at < content.length; at++) {
      if (content[at] == 0) nulls[at % 2]++;
      else if (content[at] > 0 && content[at] < 9) controls++;
    }
    if (nulls[1] > content.length / 4) return "UTF-16LE";
    if (nulls[0] > content.length / 4) return "UTF-16BE";
    return nulls[0] + nulls[1] + controls == 0 && content[bad] < 0 ? "WINDOWS-1252" : null;
  }

  private static int lineOf(byte[] content, int position) {
    var line = 1;
    for (var at = 0; at < position; at++) if (content[at] == '\n') line++;
    return line;
  }
}
