package dev.muster.e2e.escape;

import dev.muster.e2e.Muster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Muster as anybody may read and start it: this build's classes as jars, with their archive.
final class Kit implements AutoCloseable {
  private final Path room;
  private final List<Path> jars = new ArrayList<>();
  private boolean archived;

  private Kit(Path room) {
    this.room = room;
  }

  static Kit open() throws IOException, InterruptedException {
    var kit = new Kit(Files.createTempDirectory("muster-escape").toRealPath());
    Files.setPosixFilePermissions(kit.room, PosixFilePermissions.fromString("rwxr-xr-x"));
    var lib = Files.createDirectory(kit.room.resolve("lib"));
    for (var entry : Muster.classPath().split(File.pathSeparator, -1)) {
      kit.take(Path.of(entry), lib);
    }
    var home = Files.createDirectory(kit.room.resolve("home"));
    Shell.run("cp", "-R", Muster.repository().resolve("waves").toString(), home.toString());
    kit.archive();
    Shell.run("chmod", "-R", "a+rX,go-w", kit.room.toString());
    return kit;
  }

  private void take(Path entry, Path lib) throws IOException {
    var jar = lib.resolve("%03d-%s.jar".formatted(jars.size(), entry.getFileName()));
    if (Files.isRegularFile(entry)) {
      Files.copy(entry, jar);
    } else if (Files.isDirectory(entry)) {
      var tool = Path.of(System.getProperty("java.home"), "bin", "jar").toString();
      Shell.run(tool, "--create", "--file", jar.toString(), "-C", entry.toString(), ".");
    } else {
      return;
    }
    jars.add(jar);
  }

  private void archive() throws IOException, InterruptedException {
    var file = room.resolve("muster.jsa");
    List<String> line = new ArrayList<>(Muster.jvm());
    line.addAll(List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable"));
    line.addAll(List.of("-cp", classPath(), Muster.MAIN, "warm-up"));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(room.toFile()).redirectOutput(room.resolve("archive.log").toFile());
    builder.environment().put("HOME", room.toString());
    var training = builder.start();
    archived = training.waitFor(2, TimeUnit.MINUTES) && Files.exists(file);
    training.destroyForcibly();
  }

  String classPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /// The command line of `muster`, up to its arguments.
  ///
  /// @param home of whoever starts it, since Java does not ask `HOME`
  List<String> line(Path home) {
    List<String> line = new ArrayList<>(Muster.jvm());
    line.addAll(List.of("-Xmx512m", "-Duser.home=" + home));
    line.add("-Dmuster.home=" + room.resolve("home"));
    if (archived) {
      line.add("-XX:SharedArchiveFile=" + room.resolve("muster.jsa"));
      line.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    }
    line.addAll(List.of("-cp", classPath(), Muster.MAIN));
    return line;
  }

  Path room() {
    return room;
  }

  @Override
  public void close() throws IOException {
    if (Boolean.getBoolean("escape.keep")) {
      System.out.println("kept: " + room);
      return;
    }
    Shell.tried("chmod", "-R", "u+rwX", room.toString());
    Shell.tried("rm", "-rf", room.toString());
    if (Files.exists(room, LinkOption.NOFOLLOW_LINKS)) {
      System.out.println("left behind, since it could not be removed: " + room);
    }
  }
}
