package dev.muster.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
  @TempDir Path folder;

  /// Java cannot name such a file, only find it.
  private Path made(String bashName) throws Exception {
    var command = "mkdir -p d && echo x > d/" + bashName;
    new ProcessBuilder("bash", "-c", command).directory(folder.toFile()).start().waitFor();
    try (Stream<Path> files = Files.list(folder.resolve("d"))) {
      return folder.relativize(files.findFirst().orElseThrow());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "$'caf\\xe9.txt', d/caf\\xE9.txt, false",
        "$'\\xff\\xfe', d/\\xFF\\xFE, false",
        "$'caf\\xc3\\xa9.txt', d/café.txt, true",
        "$'a\\nb', d/a\\nb, true",
        "$'a\\tb\\rc\\eb', d/a\\tb\\rc\\x1Bb, true",
        "'100% a\\b', d/100% a\\\\b, true",
        "'%41%zz', d/%41%zz, true",
        "$'\\u202ecod.exe', d/\\u202Ecod.exe, true",
        "$'\\U1F600', d/\uD83D\uDE00, true",
        "-rf, d/-rf, true",
        ".hidden, d/.hidden, true",
        "'a b', d/a b, true"
      })
  void everyNameCanBeReadAndToldApart(String bashName, String shown, boolean text)
      throws Exception {
    var path = made(bashName);
    assertThat(FileNames.shown(path)).isEqualTo(shown);
    assertThat(FileNames.isText(path)).isEqualTo(text);
  }

  @Test
  void anAbsolutePathStaysOne() {
    assertThat(FileNames.shown(Path.of("/tmp/a"))).isEqualTo("/tmp/a");
    assertThat(FileNames.shown(Path.of("a/b/c"))).isEqualTo("a/b/c");
  }
}
