package dev.muster.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextTest {
  @Test
  void whatWouldSteerTheTerminalIsShownInstead() {
    assertThat(Text.line("a\u001b[31mb\u0007\r\nc\td")).isEqualTo("a\\u{1B}[31mb\\u{7}\\u{D} c d");
    assertThat(Text.block("a\n\tb\u001bc")).isEqualTo("a\n\tb\\u{1B}c");
    assertThat(Text.line("a\u202eb\u200bc\u009bd")).isEqualTo("a\\u{202E}b\\u{200B}c\\u{9B}d");
    assertThat(Text.line("Grüße, 世界 🙂")).isEqualTo("Grüße, 世界 🙂");
  }

  @Test
  void durationsReadLikeSpeech() {
    assertThat(Text.duration(Duration.ofMillis(800))).isEqualTo("0.8 s");
    assertThat(Text.duration(Duration.ofMillis(59_960))).isEqualTo("1 min");
    assertThat(Text.duration(Duration.ofSeconds(7625))).isEqualTo("2 h 7 min");
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 200));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingUnsafeEverComesOut(long seed) {
    var random = new SplittableRandom(seed);
    var text = new StringBuilder();
    for (var n = random.nextInt(60); n > 0; n--) {
      text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x100 : 0xD7FF));
    }
    var line = Text.line(text.toString());
    assertThat(line.codePoints()).noneMatch(p -> p < 0x20 || (p >= 0x7F && p < 0xA0));
    assertThat(Text.width(Text.cut(line, 20))).isLessThanOrEqualTo(20);
  }

  @Test
  void widthsAreThoseOfATerminal() {
    assertThat(Text.width("数据")).isEqualTo(4);
    assertThat(Text.width("e\u0301")).as("a combining accent").isEqualTo(1);
    assertThat(Text.width("🚀✅⌚")).isEqualTo(6);
    assertThat(Text.width("✓→…█")).as("signs that are no emoji").isEqualTo(4);
    assertThat(Text.width("한국어")).isEqualTo(6);
    assertThat(Text.width("ﾊﾝｶｸ")).as("half width").isEqualTo(4);
    assertThat(Text.width("🇩🇪")).as("a flag").isEqualTo(2);
  }

  @Test
  void whatTurnsTextAroundIsMadeVisible() {
    assertThat(Text.line("a\u202eb\u061c\u2066c\u009b31m\u001b[0m\u0007"))
        .isEqualTo("a\\u{202E}b\\u{61C}\\u{2066}c\\u{9B}31m\\u{1B}[0m\\u{7}");
  }

  @Test
  void sentencesBreakBetweenWordsAndCommandsNever() {
    var lines =
        Prose.lines(
            "muster: something is held here; go on with: `muster resume run_1`, or wait",
            30,
            new Reach("my data", null));
    assertThat(lines)
        .containsExactly(
            "muster: something is held",
            "  here; go on with:",
            "  muster resume run_1 --data 'my data',",
            "  or wait");
    assertThat(Prose.lines("it took about 9 min 40 s on two slots", 20, Reach.USUAL))
        .containsExactly("it took about 9 min", "  40 s on two slots");
    assertThat(Prose.lines("see: `muster up`", 80, new Reach(null, "http://h")))
        .containsExactly("see: muster up");
  }
}
