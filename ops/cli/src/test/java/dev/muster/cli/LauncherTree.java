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
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a tree of its own, with a JDK and a Maven that only say what they were asked.
abstract class LauncherTree {
  static final Path LAUNCHER = Path.of("../../muster");

  /// What a Maven does that builds.
  static final String BUILDS =
      "mkdir -p ops/cli/target; echo 1 > ops/cli/target/cli.jar; echo 2 > third.jar";

  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>();
  Path home;
  Path tools;

  record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void tree() throws IOException {
    home = Files.createDirectories(folder.resolve("a tree/muster"));
    tools = Files.createDirectory(folder.resolve("tools"));
    Files.copy(LAUNCHER, home.resolve("muster"));
    executable(home.resolve("muster"));
    var parts = Files.createDirectories(home.resolve("ops/launcher"));
    for (var part : List.of("start.sh", "jdk.sh", "build.sh")) {
      Files.copy(Path.of("../launcher", part), parts.resolve(part));
    }
    Files.createDirectories(home.resolve("waves"));
    for (var module :
        List.of("protocol", "orchestrator", "worker-node", "ops/client", "ops/node", "ops/cli")) {
      Files.createDirectories(home.resolve(module).resolve("src/main/java"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
    }
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    jdk("jdks/jdk-25", "25.0.1");
    Files.writeString(Files.createDirectory(folder.resolve("elsewhere")).resolve("x.jar"), "x");
    maven(BUILDS);
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("MUSTER_JDK_FOLDERS", folder.resolve("jdks").toString());
  }

  /// Its `java` prints the folder, the home it was told and its arguments, one a line.
  final Path jdk(String name, String version) throws IOException {
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

  final void maven(String work) throws IOException {
    script(
        tools.resolve("mvn"),
        "echo building >> '"
            + folder.resolve("builds")
            + "'\n"
            + work
            + "\n"
            + "printf '%s' \"$(pwd -P)/third.jar:"
            + folder.resolve("elsewhere/x.jar")
            + "${extra:-}\" > ops/cli/target/class-path\n");
  }

  static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  final Process start(Path in, String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  final Ended end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  final Ended muster(String... args) throws Exception {
    var command = new ArrayList<>(List.of(home.resolve("muster").toString()));
    command.addAll(List.of(args));
    return end(start(folder, command.toArray(new String[0])));
  }

  final long builds() throws IOException {
    var file = folder.resolve("builds");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  static void later(Path path) throws IOException {
    Files.setLastModifiedTime(
        path, FileTime.fromMillis(Files.getLastModifiedTime(path).toMillis() + 60_000));
  }

  /// The host may have Maven itself.
  final Path minimalPath() throws IOException {
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
            "iconv",
            "sed",
            "grep",
            "ln",
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
}
