package dev.muster.protocol.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Values that must not be shown, in the forms that programs print them in: as they are,
/// percent-encoded, Base64 at any offset, hexadecimal, as a text of JSON, and line by line.
///
/// @param texts the longest first, so that what holds another goes before it
public record SecretForms(List<String> texts) {
  public static final SecretForms NONE = new SecretForms(List.of());

  /// What stands in place of each.
  public static final String MARK = "***";

  /// A shorter text could be anything.
  private static final int CHARS_MIN = 8;

  private static final int BASE64_OFFSETS = 3;

  public SecretForms {
    texts = List.copyOf(texts);
  }

  public static SecretForms of(Collection<String> values) {
    var texts = new LinkedHashSet<String>();
    values.forEach(value -> add(value, texts));
    return new SecretForms(
        texts.stream()
            .filter(text -> text.length() >= CHARS_MIN)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  public String without(String text) {
    var left = text;
    for (var form : texts) left = left.replace(form, MARK);
    return left;
  }

  /// How many there are, and none of them.
  @Override
  public String toString() {
    return "SecretForms[" + texts.size() + "]";
  }

  private static void add(String value, Set<String> texts) {
    for (var text : new LinkedHashSet<>(List.of(value, value.strip()))) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      texts.add(text);
      var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
      texts.add(encoded);
      texts.add(encoded.replace("+", "%20"));
      texts.add(HexFormat.of().formatHex(bytes));
      texts.add(HexFormat.of().withUpperCase().formatHex(bytes));
      var json = json(text);
      // What a model writes into a file of JSON is a text of JSON once more in its call.
      for (var it : List.of(json, ascii(json), json(json), json(ascii(json)))) texts.add(it);
      for (var offset = 0; offset < BASE64_OFFSETS; offset++) addBase64(bytes, offset, texts);
    }
    if (value.indexOf('\n') >= 0) value.lines().map(String::strip).forEach(texts::add);
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  /// As JSON is written by those who do not trust what carries it.
  private static String ascii(String json) {
    var text = new StringBuilder();
    for (var i = 0; i < json.length(); i++) {
      var unit = json.charAt(i);
      if (unit < 128) text.append(unit);
      else text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    }
    return text.toString();
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
}
