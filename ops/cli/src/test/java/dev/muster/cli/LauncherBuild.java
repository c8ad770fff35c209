package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the launcher says about a build, and what it does where it cannot have one.
class LauncherBuild extends LauncherTree {
  private static final String LONG_BUILD =
      """
      echo '[INFO] Downloaded from central: https://repo/a.jar (1 kB)'
      echo '[INFO] Building orchestrator 0.1.0-SNAPSHOT          [3/5]'
      sleep 12
      """;

  private Path kept(String name) throws Exception {
    var id = Files.readString(home.resolve("target/launcher/build-id")).strip();
    return home.resolve("target/launcher/jars").resolve(id).resolve(name);
  }

  @Test
  void theFirstBuildSaysHowLongItTakesAndEveryTenSecondsHowFarItIs() throws Exception {
    maven(LONG_BUILD + BUILDS);
    var first = muster("version");
    assertThat(first.err())
        .contains("the first time takes 2 to 4 minutes and downloads about")
        .containsPattern("building orchestrator \\(3 of 5\\), 1 files downloaded, [1-9]\\d s")
        .containsPattern("built in \\d+ s");
    assertThat(first.out()).doesNotContain("building");
    maven(BUILDS);
    later(home.resolve("pom.xml"));
    assertThat(muster("version").err()).contains("sources changed: building, about a minute");
  }

  @Test
  void jarsOfOthersAreKeptSoThatACleanedRepositoryDoesNotMatter() throws Exception {
    muster("version");
    Files.delete(folder.resolve("elsewhere/x.jar"));
    assertThat(muster("version").exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
    assertThat(kept("x.jar")).hasContent("x");
  }

  @Test
  void aCheckoutThatWasMovedRunsFromWhereItIs() throws Exception {
    muster("version");
    home = Files.move(home, folder.resolve("moved"));
    var ended = muster("version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("-Dmuster.home=" + home.toRealPath());
  }

  /// Maven looks for `.mvn` in every folder up to the root.
  @Test
  void mavenIsToldItsFolderAndWhatItMakesIsNotForOthersToWrite() throws Exception {
    maven(
        "echo $MAVEN_BASEDIR > '"
            + folder.resolve("basedir")
            + "'; umask > '"
            + folder.resolve("umask")
            + "';"
            + BUILDS);
    assertThat(
            end(start(
                    folder, "sh", "-c", "umask 000; exec '" + home.resolve("muster") + "' version"))
                .exitCode())
        .isZero();
    assertThat(folder.resolve("basedir")).hasContent(home.toRealPath().toString());
    assertThat(folder.resolve("umask")).hasContent("0022");
    assertThat(Files.getPosixFilePermissions(kept("cli.jar")).toString())
        .doesNotContain("OTHERS_WRITE");
  }

  @Test
  void aKeptJarThatIsGoneOrEmptyIsAReasonToBuildAgain() throws Exception {
    muster("version");
    Files.delete(kept("x.jar"));
    var again = muster("version");
    assertThat(again.err()).contains("x.jar of the last build is gone: building again");
    assertThat(again.exitCode()).isZero();
    Files.writeString(kept("cli.jar"), "");
    assertThat(muster("version").exitCode()).isZero();
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void twoJarsOfOneNameAreBothKept() throws Exception {
    var other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("third.jar"), "another");
    maven(BUILDS + "; extra=:" + other.resolve("third.jar"));
    muster("version");
    try (Stream<Path> jars = Files.list(kept("third.jar").getParent())) {
      assertThat(jars.filter(it -> it.toString().endsWith("third.jar"))).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ERROR] a.jar: Unknown host repo.maven.apache.org | check the network",
        "[ERROR] Could not transfer artifact a:b:1: Connection refused | check the network",
        "[ERROR] write error: No space left on device | a disk is full",
        "[ERROR] Could not create local repository at /root/.m2 | cannot write",
        "There is insufficient memory: Cannot allocate memory | not enough memory",
        "[ERROR] error: release version 25 not supported | too old",
        "[ERROR] Foo.java:[3,5] expected ; | Foo.java:[3,5] expected ;"
      })
  void aBuildThatFailsSaysWhyAndWhereItsLogIs(String said, String cause) throws Exception {
    maven("cat <<'X'\n" + said + "\nX\nexit 1");
    var ended = muster("version");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains(cause).contains("target/launcher/build.log");
    assertThat(ended.err().lines()).hasSize(3);
  }

  /// Run as somebody else, since root may write anywhere.
  private Ended asNobody(String... args) throws Exception {
    assumeThat(System.getProperty("user.name"))
        .as("needs root, to become another")
        .isEqualTo("root");
    assumeThat(Path.of("/usr/bin/setpriv")).exists();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var script = "exec setpriv --reuid=65534 --regid=65534 --clear-groups -- \"$0\" \"$@\"";
    var command =
        Stream.concat(
            Stream.of("sh", "-c", script, home.resolve("muster").toString()), Stream.of(args));
    return end(start(Path.of("/"), command.toArray(String[]::new)));
  }

  @Test
  void anotherUserRunsWhatTheOwnerHasBuilt() throws Exception {
    muster("version");
    var ended = asNobody("version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    later(home.resolve("pom.xml"));
    var stale = asNobody("version");
    assertThat(stale.exitCode()).isZero();
    assertThat(stale.err().lines())
        .singleElement()
        .asString()
        .contains("newer than its build")
        .contains("running the build as it is");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void whatNobodyHasBuiltOrKeepsToHimselfIsOneSentenceForOthers() throws Exception {
    var none = asNobody("version");
    assertThat(none.exitCode()).isEqualTo(4);
    assertThat(none.err().lines()).singleElement().asString().contains("is not built");
    muster("version");
    kept("x.jar").toFile().setReadable(false, false);
    var kept = asNobody("version");
    assertThat(kept.exitCode()).isEqualTo(4);
    assertThat(kept.err().lines()).singleElement().asString().contains("x.jar").contains("owner");
  }
}
