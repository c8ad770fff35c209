package dev.muster.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrutinyTest {
  @ParameterizedTest
  @ValueSource(
      ints = {0x07, 0x1B, 0x9B, 0xAD, 0x061C, 0x200B, 0x202E, 0x3164, 0xFEFF, 0xE0041, 0xE000})
  void whatIsNotSeenOrTurnsTheScreenIsMarkedAndWarnedOf(int point) {
    var text = "a" + Character.toString(point) + "b";
    assertThat(Scrutiny.line(text)).doesNotContain(Character.toString(point));
    assertThat(Scrutiny.warnings(text)).isNotEmpty();
  }

  @Test
  void ordinaryTextOfManyLanguagesStaysAsItIs() {
    for (var text : new String[] {"Grüße, 世界", "привет мир", "שלום", "e\u0301té ❤\uFE0F 👍🏽"}) {
      assertThat(Scrutiny.warnings(text)).as(text).isEmpty();
    }
  }

  @Test
  void lettersThatLookLikeOthersAreMarkedInWordsThatMixThem() {
    assertThat(Scrutiny.line("rm /h\u043Eme/$x")).isEqualTo("rm /h\\u{43E}me/$x");
    assertThat(Scrutiny.line("\u0441\u043E\u0440\u0443 a"))
        .isEqualTo("\\u{441}\\u{43E}\\u{440}\\u{443} a");
    assertThat(Scrutiny.line("ｒｍ -rf")).isEqualTo("\\u{FF52}\\u{FF4D} -rf");
    assertThat(Scrutiny.line("# привет, name=naïve")).isEqualTo("# привет, name=naïve");
  }

  @Test
  void blanksThatPushTextAwayAreCounted() {
    var pushed = "echo ok" + " ".repeat(200) + "; rm -rf .";
    assertThat(Scrutiny.line(pushed)).isEqualTo("echo ok ⟨200 blanks⟩ ; rm -rf .");
    assertThat(Scrutiny.line("a\u00A0b")).isEqualTo("a\\u{A0}b");
    assertThat(Scrutiny.line("        indented")).isEqualTo("        indented");
  }

  @Test
  void noLineIsLost() {
    assertThat(Scrutiny.lines("a\n\nb\r\nc\n")).containsExactly("a", "", "b", "c");
    assertThat(Scrutiny.lines("a\rrm -rf /\n")).containsExactly("a", "rm -rf /");
  }
}
