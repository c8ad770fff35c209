package dev.muster.node.sandbox;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Takes values out of what is printed, as they are and in the forms that programs print them in:
/// percent-encoded, Base64 at any offset, hexadecimal, as a text of JSON. What may be the beginning
/// of one is held back until more has come.
final class Redaction {
  private static final byte[] MARK = "***".getBytes(StandardCharsets.US_ASCII);

  /// A shorter text could be anything.
  private static final int CHARS_MIN = 8;

  private static final int BASE64_GROUP = 3;

  private final List<byte[]> forms;
  private final int longest;
  private byte[] held = {};

  Redaction(Secrets secrets) {
    var texts = new LinkedHashSet<String>();
    secrets.values().values().forEach(value -> addForms(value, texts));
    forms =
        texts.stream()
            .filter(text -> text.length() >= CHARS_MIN)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .sorted(Comparator.comparingInt((byte[] form) -> form.length).reversed())
            .toList();
    longest = forms.isEmpty() ? 0 : forms.getFirst().length;
  }

  private static void addForms(String value, Set<String> texts) {
    for (var text : new LinkedHashSet<>(List.of(value, value.strip()))) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      texts.add(text);
      var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
      texts.add(encoded);
      texts.add(encoded.replace("+", "%20"));
      texts.add(HexFormat.of().formatHex(bytes));
      texts.add(HexFormat.of().withUpperCase().formatHex(bytes));
      texts.add(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      for (var offset = 0; offset < BASE64_GROUP; offset++) addBase64(bytes, offset, texts);
    }
    if (value.indexOf('\n') >= 0) value.lines().map(String::strip).forEach(texts::add);
  }

  /// What the value's own bits say wherever it lies in a longer text that is encoded.
  private static void addBase64(byte[] value, int offset, Set<String> texts) {
    var padded = new byte[offset + value.length];
    System.arraycopy(value, 0, padded, offset, value.length);
    var from = offset == 0 ? 0 : offset + 1;
    var to = padded.length * 8 / 6;
    for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      var text = encoder.withoutPadding().encodeToString(padded);
      if (to > from) texts.add(text.substring(from, Math.min(to, text.length())));
    }
  }

  /// What may be shown by now.
  byte[] next(byte[] buffer, int length) {
    if (longest == 0) return Arrays.copyOf(buffer, length);
    var all = Arrays.copyOf(held, held.length + length);
    System.arraycopy(buffer, 0, all, held.length, length);
    return shown(all, all.length - longest);
  }

  /// What was held back, at the end.
  byte[] rest() {
    return shown(held, held.length);
  }

  /// @param until no form that begins behind it could be seen whole
  private byte[] shown(byte[] all, int until) {
    var out = new ByteArrayOutputStream(all.length);
    var at = 0;
    while (at < all.length && at <= until) {
      var form = formAt(all, at);
      if (form == 0) {
        out.write(all[at++]);
      } else {
        out.writeBytes(MARK);
        at += form;
      }
    }
    held = Arrays.copyOfRange(all, Math.min(at, all.length), all.length);
    return out.toByteArray();
  }

  private int formAt(byte[] all, int at) {
    for (var form : forms) {
      if (all[at] == form[0]
          && at + form.length <= all.length
          && Arrays.equals(all, at, at + form.length, form, 0, form.length)) {
        return form.length;
      }
    }
    return 0;
  }
}
