package dev.muster.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {
  private static final int ALL = 1 << 20;

  @Test
  void whatIsDifferentStandsBetweenWhatIsNot() {
    var before = "a\nb\nc\nd\ne\nf\ng\nh\n";
    var after = "a\nb\nc\nd\nE\nf\ng\nh\n";
    var diff = UnifiedDiff.of(before, after, ALL);
    assertThat(diff.text())
        .isEqualTo(
            """
            @@ -2,7 +2,7 @@
             b
             c
             d
            -e
            +E
             f
             g
             h
            """);
    assertThat(diff.added()).isEqualTo(1);
    assertThat(diff.removed()).isEqualTo(1);
    assertThat(diff.cut()).isFalse();
  }

  @Test
  void aFileThatIsNewOrGoneIsAllOfIt() {
    assertThat(UnifiedDiff.of("", "x\ny\n", ALL).text()).isEqualTo("@@ -0,0 +1,2 @@\n+x\n+y\n");
    assertThat(UnifiedDiff.of("x\n", "", ALL).text()).isEqualTo("@@ -1,1 +0,0 @@\n-x\n");
    assertThat(UnifiedDiff.of("x\n", "x\n", ALL)).isEqualTo(new UnifiedDiff("", 0, 0, false));
  }

  @Test
  void aMissingEndOfTheLastLineIsADifference() {
    assertThat(UnifiedDiff.of("x\n", "x", ALL).text())
        .isEqualTo("@@ -1,1 +1,1 @@\n-x\n+x\n\\ No newline at end of file\n");
  }

  @Test
  void whatCannotBeSeenIsMarkedAndEndlessLinesAreCut() {
    var diff = UnifiedDiff.of("", "a\r\n\tb\u202E\u001B[31m\n" + "x".repeat(1_000) + "\n", ALL);
    assertThat(diff.text().lines())
        .containsExactly(
            "@@ -0,0 +1,3 @@",
            "+a\\u{D}",
            "+\tb\\u{202E}\\u{1B}[31m",
            "+" + "x".repeat(500) + " … (500 more characters)");
  }

  @Test
  void whatIsLeftOutIsSaid() {
    var diff = UnifiedDiff.of("", "line\n".repeat(100), 60);
    assertThat(diff.text().length()).isLessThanOrEqualTo(60);
    assertThat(diff.cut()).isTrue();
    assertThat(diff.added()).isEqualTo(100);
  }

  @Test
  void twoThatShareNothingAndAreLongAreReplacedWithoutComparingAllPairs() {
    var before = lines(new Random(1), 3_000, 1_000_000);
    var after = lines(new Random(2), 3_000, 1_000_000);
    var diff = UnifiedDiff.of(before, after, ALL);
    assertThat(diff.removed()).isEqualTo(3_000);
    assertThat(diff.added()).isEqualTo(3_000);
  }

  @Test
  void patchMakesOneOfTheOther(@TempDir Path folder) throws Exception {
    for (var seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      var before = lines(random, 30, 4);
      var after = lines(random, 30, 4);
      var file = folder.resolve("f");
      Files.writeString(file, before);
      var header = "--- f\n+++ f\n" + UnifiedDiff.of(before, after, ALL).text();
      Files.writeString(folder.resolve("p"), header);
      var patch =
          new ProcessBuilder("patch", "-s", "f", "p")
              .directory(folder.toFile())
              .inheritIO()
              .start();
      assertThat(patch.waitFor()).as("seed %d", seed).isZero();
      assertThat(file).hasContent(after);
    }
  }

  @Test
  void whatIsNoTextIsSaidToBeNone() {
    assertThat(UnifiedDiff.text(new byte[] {1, 0, 2})).isNull();
    assertThat(UnifiedDiff.text(new byte[] {(byte) 0xFF, (byte) 0xFE})).isNull();
    assertThat(UnifiedDiff.text("ä\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("ä\n");
  }

  private static String lines(Random random, int count, int words) {
    return IntStream.range(0, count)
        .mapToObj(_ -> "line " + random.nextInt(words) + "\n")
        .collect(Collectors.joining());
  }
}
