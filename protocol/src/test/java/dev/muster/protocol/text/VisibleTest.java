package dev.muster.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x1B, 0x7F, 0x85, 0x9B, 0x9D, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E,
        0x2003, 0x200B, 0x200D, 0x200F, 0x2028, 0x2029, 0x202E, 0x202F, 0x2060, 0x2066, 0x2069,
        0x2800, 0x3000, 0x3164, 0xFE00, 0xFEFF, 0xFFA0, 0xFFF9, 0x0378, 0xD800, 0xE0041, 0xE0101
      })
  void whatCannotBeSeenOrSteersTheScreenIsMarked(int point) {
    var text = "a" + Character.toString(point) + "b";
    var mark = "a\\u{" + Integer.toHexString(point).toUpperCase(java.util.Locale.ROOT) + "}b";
    assertThat(Visible.visible(text)).isEqualTo(mark);
    assertThat(Visible.block(text)).isEqualTo(mark);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain ~ text \\ with `all` {of} it",
        "Grüße, naïve, Ελληνικά, русский, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어",
        "⚠️ ✔ 🚀 𝛑 ½ → …"
      })
  void whatPeopleWriteStaysAsItIs(String text) {
    assertThat(Visible.visible(text)).isEqualTo(text);
    assertThat(Visible.line(text)).isEqualTo(text);
    assertThat(Visible.block(text)).isEqualTo(text);
  }

  @Test
  void lineEndsAreMarkedOrSpacesOrKept() {
    assertThat(Visible.visible("a\n\tb\rc")).isEqualTo("a\\u{A}\\u{9}b\\u{D}c");
    assertThat(Visible.line("a\n\tb\rc\u00A0d")).isEqualTo("a  b\\u{D}c d");
    assertThat(Visible.block("a\n\tb\rc")).isEqualTo("a\n\tb\\u{D}c");
  }

  @Test
  void aLookForEmojiIsNothingBesideALetter() {
    assertThat(Visible.visible("a\uFE0F")).isEqualTo("a\\u{FE0F}");
  }

  @Test
  void nothingOfUnicodeGetsThroughThatIsControlFormatOrUnassigned() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(point ->
            switch (Character.getType(point)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.UNASSIGNED,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR,
                  Character.SURROGATE ->
                  true;
              default -> false;
            })
        .forEach(point ->
            assertThat(Visible.visible(Character.toString(point)))
                .as("U+%04X", point)
                .matches("\\\\u\\{[0-9A-F]+}"));
  }

  @Test
  void jsonMeansTheSameAndCanBeShown() throws Exception {
    var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
    var text = "a\u202E\u009B\u001B\n\u00A0ü😀" + Character.toString(0xE0041);
    var json = "{\n \"x\": " + mapper.writeValueAsString(text) + "\n}";
    var shown = Visible.json(json);
    assertThat(mapper.readTree(shown).path("x").asText()).isEqualTo(text);
    assertThat(shown).contains("ü😀", "{\n").doesNotContain("\u202E", "\u009B", "\u00A0");
  }

  @Test
  void whatIsMarkedOnceIsNotMarkedAgain() {
    var once = Visible.visible("x\u202Ey\u001B");
    assertThat(Visible.visible(once)).isEqualTo(once);
  }

  @Test
  void jsonKeepsItsMeaningWithoutRawCharacters() {
    assertThat(Visible.json("{\"a\":\"x\u202Ey\u009b\uDB40\uDC41ä\"}"))
        .isEqualTo("{\"a\":\"x\\u202Ey\\u009B\\uDB40\\uDC41ä\"}");
  }
}
