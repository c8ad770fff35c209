package dev.muster.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The classes of Muster, parsed and verified once for all the JVMs these tests start: each then
/// starts in half the time.
///
/// Needs jars, so there is none where Maven hands us folders of classes (`mvn test`); then, and
/// whenever making it fails, everything works the same, only slower. The JVM itself checks that
/// jars and archive belong together.
public final class ClassArchive {
  private static final Path FILE = Path.of("target", "muster.jsa").toAbsolutePath();
  private static final long TRAINING_SECONDS_MAX = 300;

  private static final List<String> OPTIONS = made() ? using() : List.of();

  private ClassArchive() {}

  /// For a JVM that runs `dev.muster.cli.Main` on exactly this class path, with the serial
  /// collector.
  public static List<String> options() {
    return OPTIONS;
  }

  private static List<String> using() {
    return List.of("-XX:SharedArchiveFile=" + FILE, "-Xlog:disable", "-Xlog:all=error:stderr");
  }

  private static boolean made() {
    try {
      var jars = Stream.of(Muster.classPath().split(File.pathSeparator)).map(Path::of).toList();
      if (!jars.stream().allMatch(Files::isRegularFile)) return false;
      return isNewerThan(jars) || train();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isNewerThan(List<Path> jars) throws IOException {
    if (!Files.exists(FILE)) return false;
    var made = Files.getLastModifiedTime(FILE);
    for (var jar : jars) {
      if (Files.getLastModifiedTime(jar).compareTo(made) >= 0) return false;
    }
    return true;
  }

  /// Written beside and moved, so that no JVM ever maps half an archive.
  private static boolean train() throws IOException, InterruptedException {
    var beside = FILE.resolveSibling("muster." + ProcessHandle.current().pid() + ".jsa");
    List<String> line = new ArrayList<>(Muster.jvm());
    line.addAll(List.of("-XX:ArchiveClassesAtExit=" + beside, "-Xlog:disable"));
    line.addAll(List.of("-cp", Muster.classPath(), Muster.MAIN, "warm-up"));
    var training =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(FILE.resolveSibling("muster.jsa.log").toFile())
            .start();
    try {
      if (!training.waitFor(TRAINING_SECONDS_MAX, TimeUnit.SECONDS)) return false;
      if (training.exitValue() != 0 || !Files.exists(beside)) return false;
      Files.move(beside, FILE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      training.destroyForcibly();
      Files.deleteIfExists(beside);
    }
  }
}
