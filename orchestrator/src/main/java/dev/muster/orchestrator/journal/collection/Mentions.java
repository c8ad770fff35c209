package dev.muster.orchestrator.journal.collection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Finds digests in encoded records without knowing what the records are: whatever names a content
/// writes 64 lower-case hexadecimal digits. So an event that is added later is not forgotten here,
/// and one that nobody can decode any more still counts. Pure.
final class Mentions {
  static final int DIGITS = 64;

  /// As CBOR writes a field of that name with a text of 64 bytes: what it names is a list, whose
  /// contents nothing else names.
  private static final byte[] LIST = "hmanifestx@".getBytes(StandardCharsets.ISO_8859_1);

  private Mentions() {}

  interface Sink {
    void digest(byte[] text, int at);

    /// Also told to [#digest].
    default void list(String digest) {}
  }

  static byte[] ascii(String digest) {
    return digest.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A length or the head of a field may look like a digit beside them: every 64 digits in a row
  /// count.
  static void in(byte[] record, Sink sink) {
    var run = 0;
    for (var i = 0; i < record.length; i++) {
      run = isDigit(record[i]) ? run + 1 : 0;
      if (run < DIGITS) continue;
      var at = i - DIGITS + 1;
      sink.digest(record, at);
      if (endsWithList(record, at)) {
        sink.list(new String(record, at, DIGITS, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static boolean isDigit(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f');
  }

  private static boolean endsWithList(byte[] record, int to) {
    var from = to - LIST.length;
    return from >= 0 && Arrays.equals(record, from, to, LIST, 0, LIST.length);
  }
}
