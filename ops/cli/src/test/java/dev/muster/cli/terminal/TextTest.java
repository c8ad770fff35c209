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
    assertThat(Text.line("a\u001b[31mb\u0007\r\nc\td")).isEqualTo("a^[[31mb^G^M c d");
    assertThat(Text.block("a\n\tb\u001bc")).isEqualTo("a\n\tb^[c");
    assertThat(Text.line("a\u202eb\u200bc\u009bd")).isEqualTo("a\\u202Eb\\u200Bc\\u009Bd");
    assertThat(Text.line("Grüße, 世界 🙂")).isEqualTo("Grüße, 世界 🙂");
  }

  @Test
  void durationsReadLikeSpeech() {
    assertThat(Text.duration(Duration.ofMillis(800))).isEqualTo("0.8 s");
    assertThat(Text.duration(Duration.ofMillis(59_960))).isEqualTo("1 min 0 s");
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
}
