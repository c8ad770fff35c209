package dev.muster.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x07, 0x1B, 0x7F, 0x9B, 0xAD, 0x061C, 0x200B, 0x202E, 0x2066, 0x2800, 0x3164, 0xFEFF,
        0xE0041, 0xE0100, 0xE000
      })
  void whatIsNotSeenOrTurnsTheScreenIsMarkedEverywhere(int point) {
    var text = "a" + Character.toString(point) + "b";
    assertThat(Visible.line(text)).doesNotContain(Character.toString(point)).startsWith("a");
    assertThat(Visible.block(text)).doesNotContain(Character.toString(point));
    assertThat(Scrutiny.line(text)).doesNotContain(Character.toString(point));
    assertThat(Scrutiny.warnings(text)).isNotEmpty();
  }

  @Test
  void ordinaryTextOfManyLanguagesStaysAsItIs() {
    for (var text : new String[] {"Grüße, 世界", "привет мир", "שלום", "e\u0301té ❤\uFE0F 👍🏽"}) {
      assertThat(Visible.line(text)).isEqualTo(text);
      assertThat(Scrutiny.warnings(text)).as(text).isEmpty();
    }
  }

  @Test
  void aLineStaysOneLineAndABlockKeepsItsLines() {
    assertThat(Visible.line("a\nb\tc\rd")).isEqualTo("a b c^Md");
    assertThat(Visible.block("a\nb\tc")).isEqualTo("a\nb\tc");
  }

  @Test
  void jsonKeepsItsMeaningWithoutRawCharacters() {
    assertThat(Visible.json("{\"a\":\"x\u202Ey\u009b\uDB40\uDC41ä\"}"))
        .isEqualTo("{\"a\":\"x\\u202Ey\\u009B\\uDB40\\uDC41ä\"}");
  }

  @Test
  void lettersThatLookLikeOthersAreMarkedInWordsThatMixThem() {
    assertThat(Scrutiny.line("rm /h\u043Eme/$x")).isEqualTo("rm /h\\u043Eme/$x");
    assertThat(Scrutiny.line("\u0441\u043E\u0440\u0443 a"))
        .isEqualTo("\\u0441\\u043E\\u0440\\u0443 a");
    assertThat(Scrutiny.line("ｒｍ -rf")).isEqualTo("\\uFF52\\uFF4D -rf");
    assertThat(Scrutiny.line("# привет, name=naïve")).isEqualTo("# привет, name=naïve");
  }

  @Test
  void blanksThatPushTextAwayAreCounted() {
    var pushed = "echo ok" + " ".repeat(200) + "; rm -rf .";
    assertThat(Scrutiny.line(pushed)).isEqualTo("echo ok ⟨200 blanks⟩ ; rm -rf .");
    assertThat(Scrutiny.line("a\u00A0b")).isEqualTo("a\\u00A0b");
    assertThat(Scrutiny.line("        indented")).isEqualTo("        indented");
  }

  @Test
  void noLineIsLost() {
    assertThat(Scrutiny.lines("a\n\nb\r\nc\n")).containsExactly("a", "", "b", "c");
    assertThat(Scrutiny.lines("a\rrm -rf /\n")).containsExactly("a", "rm -rf /");
  }
}
