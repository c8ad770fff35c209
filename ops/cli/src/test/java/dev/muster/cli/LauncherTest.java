package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/// When the launcher builds, and from what it runs.
class LauncherTest extends LauncherTree {
  @Test
  void itBuildsOnFirstUseAndThenHandsOverInTheCallersFolder() throws Exception {
    var first = muster("run", "a folder", "--only", "x y");
    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("building");
    assertThat(first.out().lines())
        .containsExactly(
            "in " + folder.toRealPath(),
            "jdk 25.0.1",
            "-Dmuster.home=" + home.toRealPath(),
            "[run]",
            "[a folder]",
            "[--only]",
            "[x y]");

    assertThat(muster("version").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void itBuildsAgainWhenASourceIsNewerOrGone() throws Exception {
    var source = Files.writeString(home.resolve("protocol/src/main/java/A.java"), "class A {}");
    muster("version");
    later(source);
    muster("version");
    assertThat(builds()).isEqualTo(2);
    Files.setLastModifiedTime(source, FileTime.fromMillis(0));
    muster("version");
    assertThat(builds()).isEqualTo(2);
    Files.delete(source);
    muster("version");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void aTestThatChangesIsNoReasonToBuild() throws Exception {
    muster("version");
    later(
        Files.writeString(
            Files.createDirectories(home.resolve("ops/cli/src/test")).resolve("T"), ""));
    muster("version");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void itIsFoundThroughLinks() throws Exception {
    Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("one"), home.resolve("muster"));
    Files.createSymbolicLink(folder.resolve("bin/two"), Path.of("../one"));
    var ended = end(start(folder.resolve("bin"), "./two", "version"));
    assertThat(ended.out()).contains("-Dmuster.home=" + home.toRealPath());
  }

  @Test
  void withoutAJdk25OneSentenceSaysWhatToInstall() throws Exception {
    environment.put("JAVA_HOME", jdk("old/jdk-17", "17.0.2").toString());
    environment.put("MUSTER_JDK_FOLDERS", folder.resolve("old").toString());
    var ended = muster("version");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines()).singleElement().asString().contains("JDK 25", "install");
    assertThat(builds()).isZero();
  }

  @Test
  void javaHomeIsLookedAtFirstAndOnlyTakenWhenItFits() throws Exception {
    environment.put("JAVA_HOME", jdk("mine", "25.0.9").toString());
    assertThat(muster("version").out()).contains("jdk 25.0.9");
    environment.put("JAVA_HOME", jdk("other", "250.1").toString());
    assertThat(muster("version").out()).contains("jdk 25.0.1");
  }

  @Test
  void aJdkOnThePathIsFoundThroughItsLink() throws Exception {
    environment.put("MUSTER_JDK_FOLDERS", "");
    Files.createSymbolicLink(tools.resolve("java"), jdk("somewhere/jdk", "25").resolve("bin/java"));
    assertThat(muster("version").out()).contains("jdk 25");
  }

  @Test
  void withoutMavenItSaysSo() throws Exception {
    Files.delete(tools.resolve("mvn"));
    environment.put("PATH", minimalPath().toString());
    var ended = muster("version");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("Maven");
  }

  @Test
  void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
    maven("echo 'Foo.java: expected ;'; exit 1");
    var ended = muster("version");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("Foo.java: expected ;").contains("build.log");
    maven(BUILDS);
    assertThat(muster("version").exitCode()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    maven("sleep 1; " + BUILDS);
    var launcher = home.resolve("muster").toString();
    var one = start(folder, launcher, "version");
    var other = start(folder, launcher, "version");
    assertThat(end(one).exitCode()).isZero();
    assertThat(end(other).exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
    assertThat(home.resolve("target/launcher/lock")).doesNotExist();
  }

  @Test
  void theLockOfABuildThatWasKilledIsBroken() throws Exception {
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(home.resolve("target/launcher/lock"));
    Files.writeString(home.resolve("target/launcher/lock/pid"), gone.pid() + "\n");
    assertThat(muster("version").exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void whatANodeRunsFromIsNotTouchedByTheNextBuild() throws Exception {
    muster("version");
    var jars = home.resolve("target/launcher/jars");
    var first = Files.readString(home.resolve("target/launcher/build-id")).strip();
    later(home.resolve("pom.xml"));
    muster("version");
    assertThat(jars.resolve(first).resolve("third.jar")).exists();
    assertThat(Files.readString(home.resolve("target/launcher/class-path")))
        .doesNotContain(first)
        .contains("/x.jar");
  }
}
