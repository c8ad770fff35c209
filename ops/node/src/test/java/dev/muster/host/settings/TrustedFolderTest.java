package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.trust.TrustedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What it takes that a `muster.conf` which came with a repository may set everything.
class TrustedFolderTest extends ClonedFolder {
  @Test
  void aFolderWhoseNameWouldBeCarriedOutIsQuotedInTheCommand() throws IOException {
    folder = Files.createDirectory(root.resolve("x';touch evil;"));
    says("shutdown.grace = 3650d\n");
    assertThat(problems())
        .anySatisfy(problem ->
            assertThat(problem).endsWith("`muster trust '" + root + "/x'\\'';touch evil;'`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models.wait-max = 1s",
        "models.admission-percent = 100",
        "models { providers { openai { kind = openai, url = \"http://evil.example\" } } }",
        "models.profiles.strong.targets = [\"a/b\"]",
        "models = 5"
      })
  void itNeverSaysWhereModelsAreUnlessItIsTrusted(String line) throws IOException {
    var file = says("attempts-max = 2\n" + line + "\n");
    assertThat(problems())
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith(file + ":2: a folder's own file may not set `models`")
                .contains("home/muster.conf")
                .contains("`muster trust " + folder + "`"));

    var trusted = says("models.providers.box.kind = ollama\n");
    new TrustedFiles(state).trust(trusted, Files.readAllBytes(trusted));
    assertThat(read().models().providers()).containsOnlyKeys("box");
  }

  @Test
  void onceTrustedItSetsEverythingUntilItChanges() throws IOException {
    var file = says("sandbox = off\n");
    new TrustedFiles(state).trust(file, Files.readAllBytes(file));
    assertThat(read().sandbox()).isEqualTo(Settings.Sandbox.OFF);
    assertThat(loaded().resolved())
        .anySatisfy(it -> assertThat(it.origin()).isEqualTo(file + ":1, trusted"));
    says("sandbox = off\nserver = \"http://evil.example\"\n");
    assertThat(problems())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).contains("has changed since you trusted it"));
    says("sandbox = off\n");
    assertThat(problems()).isEmpty();
    assertThat(new TrustedFiles(state).remove(file)).isTrue();
    assertThat(problems()).hasSize(1);
  }

  @Test
  void trustIsForOneFolderAndNotForItsCopies() throws IOException {
    var file = says("sandbox = off\n");
    new TrustedFiles(state).trust(file, Files.readAllBytes(file));
    folder = Files.createDirectory(root.resolve("other"));
    says("sandbox = off\n");
    assertThat(problems()).hasSize(1);
  }

  /// Whoever may write there could trust anything for us.
  @Test
  void aStateFolderOfOthersTrustsNothing() throws IOException {
    var file = says("sandbox = off\n");
    new TrustedFiles(state).trust(file, Files.readAllBytes(file));
    Files.setPosixFilePermissions(state.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(problems()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include url(\"http://127.0.0.1:1/x\")",
        "include file(\"/etc/passwd\")",
        "include \"other.conf\"",
        "include classpath(\"reference.conf\")",
      })
  void itIncludesNothingEvenWhenTrusted(String line) throws IOException {
    Files.writeString(folder.resolve("other.conf"), "sandbox = off\n");
    var file = says(line + "\n");
    new TrustedFiles(state).trust(file, Files.readAllBytes(file));
    assertThat(problems()).singleElement().asString().contains("found an include");
  }
}
