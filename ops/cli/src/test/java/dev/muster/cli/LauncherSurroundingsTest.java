package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher where a name, a folder, a locale or a limit is not as it should be.
class LauncherSurroundingsTest extends LauncherTree {
  @BeforeEach
  void build() throws Exception {
    script(
        folder.resolve("jdks/jdk-25/bin/java"),
        "echo \"locale ${LC_ALL-none}\"\necho runs\nread line; echo \"read ${line:-nothing}\"\n");
    muster("version");
  }

  /// With `$M` for the launcher.
  private Ended shell(String script) throws Exception {
    environment.put("M", home.resolve("muster").toString());
    return end(start(folder, "sh", "-c", script));
  }

  private static void refused(Ended ended, String why) {
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines().filter(it -> it.startsWith("muster: ")))
        .singleElement()
        .asString()
        .contains(why);
    assertThat(ended.err()).doesNotContain("\tat ").doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, xx_YY.UTF-8",
    "LC_CTYPE, UTF-8",
    "LC_ALL, C",
    "LC_ALL, POSIX",
    "LC_ALL, de_DE.ISO-8859-1",
    "LANG, ''"
  })
  void whateverTheLocaleJavaGetsOneOfUtf8(String variable, String value) throws Exception {
    environment.put(variable, value);
    var locale = muster("version").out().lines().findFirst().orElseThrow().replace("locale ", "");
    environment.put("LC_ALL", locale);
    assertThat(end(start(folder, "locale", "charmap")).out().strip()).isEqualTo("UTF-8");
  }

  @Test
  void aCurrentFolderThatIsGoneIsASentence() throws Exception {
    refused(shell("mkdir x; cd x; rmdir ../x; exec \"$M\" version"), "no longer exists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"50% off", "%41", "it's \"here\"", "$HOME", "g*[x]?", "-dash", "Grüße", "a;b"})
  void aCheckoutMayHaveAStrangeName(String name) throws Exception {
    home = Files.move(home, folder.resolve(name));
    assertThat(muster("version").err()).isEmpty();
    assertThat(muster("version").out()).contains("runs");
  }

  @Test
  void namesThatJavaCannotHaveInAClassPathAreASentence() throws Exception {
    home = Files.move(home, folder.resolve("a:b"));
    refused(muster("version"), "colon");
    home = Files.move(home, folder.resolve("a!"));
    refused(muster("version"), "exclamation mark");
  }

  @Test
  void namesThatAreNotUtf8AreASentenceEach() throws Exception {
    var name = "n=$(printf 'caf\\351'); ";
    refused(shell(name + "exec \"$M\" lint \"$n\""), "not UTF-8");
    refused(shell(name + "mkdir \"$n\"; cd \"$n\"; exec \"$M\" version"), "current folder");
    refused(
        shell(name + "cp -r \"${M%/*}\" \"./2$n\"; exec \"./2$n/muster\" version"),
        "the name of its folder");
    assertThat(shell("exec \"$M\" lint Grüße").out()).contains("runs");
  }

  @Test
  void limitsThatAreTooLowAreASentence() throws Exception {
    refused(shell("ulimit -n 40; exec \"$M\" version"), "ulimit -n");
    refused(shell("ulimit -v 400000; exec \"$M\" version"), "ulimit -v");
  }

  /// Else the next file that is opened would be it.
  @Test
  void aClosedDescriptorIsOpenedAndStaysUnusable() throws Exception {
    assertThat(shell("\"$M\" version <&-").out()).contains("read nothing");
    assertThat(shell("\"$M\" version >&-; echo").out().strip()).isEmpty();
    assertThat(shell("\"$M\" version 2>&-").out()).contains("runs");
    assertThat(shell("\"$M\" version <&- >&- 2>&-; echo $?").out().strip()).isNotEqualTo("0");
  }

  @Test
  void itNeedsNeitherHomeNorPathNorAnythingElseOfTheEnvironment() throws Exception {
    var jdks = environment.get("MUSTER_JDK_FOLDERS");
    environment.clear();
    environment.put("MUSTER_JDK_FOLDERS", jdks);
    assertThat(muster("version").out()).contains("runs");
    environment.put("PATH", "/nonexistent");
    assertThat(muster("version").out()).contains("runs");
  }

  @Test
  void programsOfTheCurrentFolderAreNotRunWhateverThePathSays() throws Exception {
    var cloned = Files.createDirectory(folder.resolve("cloned"));
    var owned = folder.resolve("owned");
    Files.createDirectory(cloned.resolve("bin"));
    for (var tool :
        new String[] {
          "dirname",
          "readlink",
          "java",
          "mvn",
          "stty",
          "find",
          "head",
          "iconv",
          "locale",
          "date",
          "cat",
          "mkdir",
          "grep"
        }) {
      script(cloned.resolve(tool), "touch '" + owned + "'\n");
      script(cloned.resolve("bin").resolve(tool), "touch '" + owned + "'\n");
    }
    var usual = environment.get("PATH");
    for (var path : new String[] {".:" + usual, ":" + usual, "bin:./bin::" + usual, ".", ""}) {
      environment.put("PATH", path);
      var ended = end(start(cloned, home.resolve("muster").toString(), "version"));
      assertThat(ended.exitCode()).as(path + ended.err()).isZero();
      assertThat(owned).as(path).doesNotExist();
    }
    environment.put("PATH", ".:" + usual);
    Files.setLastModifiedTime(
        home.resolve("pom.xml"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    assertThat(end(start(cloned, home.resolve("muster").toString(), "version")).err())
        .contains("sources changed");
    assertThat(owned).as("nor when it builds").doesNotExist();
  }
}
