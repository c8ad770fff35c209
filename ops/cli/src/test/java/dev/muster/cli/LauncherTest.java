package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a tree of its own, with a JDK and a Maven that only say what they were asked.
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../../muster");

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private Path tools;

  record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void tree() throws IOException {
    home = Files.createDirectories(folder.resolve("a tree/muster"));
    tools = Files.createDirectory(folder.resolve("tools"));
    Files.copy(LAUNCHER, home.resolve("muster"));
    executable(home.resolve("muster"));
    Files.createDirectories(home.resolve("waves"));
    for (var module : List.of("protocol", "orchestrator", "worker-node", "ops/cli")) {
      Files.createDirectories(home.resolve(module).resolve("src/main/java"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
    }
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    jdk("jdks/jdk-25", "25.0.1");
    maven("mkdir -p ops/cli/target; touch ops/cli/target/cli.jar third.jar");
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("MUSTER_JDK_FOLDERS", folder.resolve("jdks").toString());
  }

  /// Its `java` prints the folder, the home it was told and its arguments, one a line.
  private Path jdk(String name, String version) throws IOException {
    var jdk = folder.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(
        jdk.resolve("bin/java"),
        "echo in $(pwd)\necho jdk "
            + version
            + "\nfor a in \"$@\"; do case $a in -Dmuster.home=*) echo \"$a\";; esac; done\n"
            + "while [ \"$1\" != dev.muster.cli.Main ]; do shift; done; shift\n"
            + "for a in \"$@\"; do echo \"[$a]\"; done\n");
    script(jdk.resolve("bin/javac"), "exit 1\n");
    return jdk;
  }

  private void maven(String work) throws IOException {
    script(
        tools.resolve("mvn"),
        "echo building >> '"
            + folder.resolve("builds")
            + "'\n"
            + work
            + "\n"
            + "printf '%s' \"$(pwd -P)/third.jar:/elsewhere/x.jar\" >"
            + " ops/cli/target/class-path\n");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path in, String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Ended end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  private Ended muster(String... args) throws Exception {
    var command = new ArrayList<>(List.of(home.resolve("muster").toString()));
    command.addAll(List.of(args));
    return end(start(folder, command.toArray(new String[0])));
  }

  private long builds() throws IOException {
    var file = folder.resolve("builds");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private static void later(Path path) throws IOException {
    Files.setLastModifiedTime(
        path, FileTime.fromMillis(Files.getLastModifiedTime(path).toMillis() + 60_000));
  }

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

  /// The host may have Maven itself.
  private Path minimalPath() throws IOException {
    var path = Files.createDirectory(folder.resolve("minimal"));
    for (var tool :
        List.of(
            "sh",
            "cat",
            "find",
            "head",
            "mkdir",
            "rm",
            "mv",
            "date",
            "dirname",
            "readlink",
            "rmdir",
            "sleep",
            "tail",
            "cp",
            "stty",
            "touch")) {
      for (var bin : List.of("/usr/bin", "/bin")) {
        var program = Path.of(bin, tool);
        if (Files.exists(program) && !Files.exists(path.resolve(tool))) {
          script(path.resolve(tool), "exec " + program + " \"$@\"\n");
        }
      }
    }
    return path;
  }

  @Test
  void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
    maven("echo 'Foo.java: expected ;'; exit 1");
    var ended = muster("version");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("Foo.java: expected ;").contains("build.log");
    maven("mkdir -p ops/cli/target; touch ops/cli/target/cli.jar third.jar");
    assertThat(muster("version").exitCode()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    maven("sleep 1; mkdir -p ops/cli/target; touch ops/cli/target/cli.jar third.jar");
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
    Thread.sleep(1_100); // builds are named by the second and the process
    later(home.resolve("pom.xml"));
    muster("version");
    assertThat(jars.resolve(first).resolve("third.jar")).exists();
    assertThat(Files.readString(home.resolve("target/launcher/class-path")))
        .doesNotContain(first)
        .contains("/elsewhere/x.jar");
  }
}
