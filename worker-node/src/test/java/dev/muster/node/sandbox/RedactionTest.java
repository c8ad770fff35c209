package dev.muster.node.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String VALUE = "p@ss/w0rd+äöü=\"x\"";

  private static String redacted(String text, long seed, String... values) {
    var random = new SplittableRandom(seed);
    var map = new java.util.LinkedHashMap<String, String>();
    for (var value : values) map.put("V" + map.size(), value);
    var redaction = new Redaction(new Secrets(map));
    var out = new ByteArrayOutputStream();
    var bytes = text.getBytes(UTF_8);
    for (var at = 0; at < bytes.length; ) {
      var length = Math.min(bytes.length - at, 1 + random.nextInt(9));
      var piece = java.util.Arrays.copyOfRange(bytes, at, at + length);
      out.writeBytes(redaction.next(piece, length));
      at += length;
    }
    out.writeBytes(redaction.rest());
    return out.toString(UTF_8);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whereverOutputIsCutAValueIsFound(long seed) {
    assertThat(redacted("a " + VALUE + " b " + VALUE, seed, VALUE)).isEqualTo("a *** b ***");
    assertThat(redacted(VALUE, seed, VALUE)).isEqualTo("***");
    assertThat(redacted("nothing of it, p@ss/w0rd", seed, VALUE))
        .isEqualTo("nothing of it, p@ss/w0rd");
  }

  @Test
  void theFormsThatProgramsPrintAreFound() {
    var url = java.net.URLEncoder.encode(VALUE, UTF_8);
    assertThat(redacted("u=" + url + "&", 1, VALUE)).isEqualTo("u=***&");
    var hex = java.util.HexFormat.of().formatHex(VALUE.getBytes(UTF_8));
    assertThat(redacted(hex, 1, VALUE)).isEqualTo("***");
    assertThat(redacted("\"" + VALUE.replace("\"", "\\\"") + "\"", 1, VALUE)).isEqualTo("\"***\"");
    for (var before : new String[] {"", "x", "xy", "xyz"}) {
      var encoded = Base64.getEncoder().encodeToString((before + VALUE + "tail").getBytes(UTF_8));
      assertThat(redacted(encoded, 1, VALUE)).as(before).contains("***").hasSizeLessThan(14);
    }
  }

  @Test
  void theLongerOfTwoValuesGoesFirst() {
    assertThat(redacted("abcdefgh-more", 1, "abcdefgh", "abcdefgh-more")).isEqualTo("***");
  }

  @Test
  void aValueOfManyLinesIsFoundLineByLine() {
    var key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----";
    assertThat(redacted("> MIIEvQIBADANBg <", 1, key)).isEqualTo("> *** <");
  }

  @Test
  void secretsAreNeverShownByThemselves() {
    assertThat(new Secrets(Map.of("A", VALUE)).toString()).isEqualTo("Secrets[A]");
  }
}
