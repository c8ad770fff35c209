package dev.muster.node.workspace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/// File names are bytes to the kernel and text to everybody else. Most are both.
public final class FileNames {
  private static final int UTF8_BYTES_MAX = 4;

  /// Whether a path means the same file when it is told as text.
  static boolean isText(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /// A path as people can read it: what is not UTF-8 as `\xE9`, control characters and backslashes
  /// escaped as bash would in `$'…'`.
  public static String shown(Path path) {
    var text = new StringBuilder(path.isAbsolute() ? "/" : "");
    for (var name : path) {
      if (!text.isEmpty() && text.charAt(text.length() - 1) != '/') text.append('/');
      show(bytes(name), text);
    }
    return text.toString();
  }

  /// Nothing else tells the bytes of a name that is no text.
  private static byte[] bytes(Path name) {
    var uri = Path.of("/").resolve(name).toUri().getRawPath();
    var bytes = new byte[uri.length()];
    var count = 0;
    for (var i = 1; i < uri.length(); i++) {
      if (uri.charAt(i) == '%') {
        bytes[count++] = (byte) Integer.parseInt(uri, i + 1, i + 3, 16);
        i += 2;
      } else if (uri.charAt(i) != '/') { // a name has none: it stands behind that of a folder
        bytes[count++] = (byte) uri.charAt(i);
      }
    }
    return Arrays.copyOf(bytes, count);
  }

  private static void show(byte[] name, StringBuilder text) {
    for (var i = 0; i < name.length; ) {
      var length = characterAt(name, i);
      if (length == 0) {
        text.append("\\x%02X".formatted(name[i]));
        i++;
      } else {
        show(new String(name, i, length, StandardCharsets.UTF_8).codePointAt(0), text);
        i += length;
      }
    }
  }

  /// How many bytes make the character here; 0 when they make none.
  private static int characterAt(byte[] name, int from) {
    for (var length = 1; length <= UTF8_BYTES_MAX && from + length <= name.length; length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name, from, length));
        return length;
      } catch (CharacterCodingException _) {
        // Not yet whole, or never.
      }
    }
    return 0;
  }

  private static void show(int character, StringBuilder text) {
    switch (character) {
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (isPlain(character)) text.appendCodePoint(character);
        else text.append((character < 256 ? "\\x%02X" : "\\u%04X").formatted(character));
      }
    }
  }

  /// What shows, and does not turn around what stands beside it.
  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private FileNames() {}
}
