package dev.muster.node.sandbox;

import dev.muster.protocol.text.SecretForms;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Takes values out of what is printed, in all of their forms. What may be the beginning of one is
/// held back until more has come.
final class Redaction {
  private static final byte[] MARK = SecretForms.MARK.getBytes(StandardCharsets.US_ASCII);

  private final List<byte[]> forms;
  private final int longest;
  private byte[] held = {};

  Redaction(Secrets secrets) {
    forms =
        SecretForms.of(secrets.values().values()).texts().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .sorted(Comparator.comparingInt((byte[] form) -> form.length).reversed())
            .toList();
    longest = forms.isEmpty() ? 0 : forms.getFirst().length;
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
