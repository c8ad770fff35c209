package dev.muster.e2e;

import dev.muster.testkit.contract.AnswerRecorder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Muster as an operator has it: a process of its own, told things by its command line.
///
/// The launcher's part, finding a JDK and building, is tested with the CLI; here the same main
/// class runs on the classes of this build.
public final class Muster {
  public static final String MAIN = "dev.muster.cli.Main";

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private int started;
  private List<String> options = List.of();

  /// @param folder where the data, the results and the target of this test live
  Muster(Path folder) {
    this.folder = folder;
    // The machine that tests is busy testing; headroom has tests of its own.
    environment.put("MUSTER_HEADROOM_CPU_PERCENT", "100");
    environment.put("MUSTER_HEADROOM_MEMORY_PERCENT", "100");
    environment.put("MUSTER_HEADROOM_DISK_PERCENT", "100");
    environment.put("MUSTER_PORT", "0");
    environment.put("MUSTER_SLOTS", "4");
    environment.put("MUSTER_BACKOFF_MIN", "200ms");
    environment.put("MUSTER_DATA", data().toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("MUSTER_RESULTS", results().toString());
  }

  Muster with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path results() {
    return folder.resolve("out");
  }

  Path target() {
    return folder.resolve("target");
  }

  /// The root of this repository.
  public static Path repository() {
    var at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("instructions"))) {
      at = at.getParent();
      if (at == null) throw new IllegalStateException("not inside the repository");
    }
    return at;
  }

  /// Options of the next JVMs, which then know the classes of these tests.
  Muster options(List<String> jvm) {
    options = List.copyOf(jvm);
    return this;
  }

  record Ended(int exit, String out, String err) {
    @Override
    public String toString() {
      return "exit " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  /// Runs a command to its end.
  Ended run(String... arguments) {
    var running = start(arguments);
    try {
      return running.await();
    } finally {
      running.kill();
    }
  }

  /// The same without a process: what it comes to is the same, and nobody can kill it.
  Ended ask(String... arguments) {
    return begin(arguments).await();
  }

  /// Without a process, and without waiting for its end.
  Begun begin(String... arguments) {
    try {
      Files.createDirectories(target());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return InThisJvm.begin(environment, folder, PATIENCE, arguments);
  }

  /// A node without a process that stays, so that what is asked next need not host one.
  Begun up() {
    return begin("up").waitFor("http://127.0.0.1:");
  }

  Running start(String... arguments) {
    List<String> line = new ArrayList<>(jvm());
    line.addAll(options);
    line.addAll(ClassArchive.options());
    line.addAll(List.of("-cp", classPath(options), MAIN));
    line.addAll(List.of(arguments));
    try {
      Files.createDirectories(target());
      var out = folder.resolve("out-" + ++started + ".txt");
      var err = folder.resolve("err-" + started + ".txt");
      var builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
      builder.environment().putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The JVM and its options, up to the class path.
  public static List<String> jvm() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        // No collection of the whole heap because classes were loaded or code was compiled.
        "-XX:MetaspaceSize=96m",
        "-XX:SweeperThreshold=100",
        "-Xmx768m",
        "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        "-D" + AnswerRecorder.TO + "=" + System.getProperty(AnswerRecorder.TO, ""),
        "-Dmuster.home=" + repository());
  }

  /// That of this test, without the folders of the tests themselves.
  public static String classPath() {
    var ours = Path.of("target").toAbsolutePath();
    var all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    return Stream.of(all.split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(ours))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// With those of the tests behind the others where the JVM has options that name them: an archive
  /// of classes is good for whatever begins as its own class path did.
  public static String classPath(List<String> options) {
    return options.isEmpty() ? classPath() : classPath() + File.pathSeparator + ownClasses();
  }

  /// Where the classes of these tests are.
  public static Path ownClasses() {
    try {
      return Path.of(Muster.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  record Running(Process process, Path out, Path err) {
    Ended await() {
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError("still running after " + PATIENCE + ": " + ended(-1));
        }
        return ended(process.exitValue());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    /// Waits until it has printed this, or has ended.
    void waitFor(String text) throws InterruptedException, IOException {
      for (var i = 0; i < 4_800 && process.isAlive(); i++) {
        if ((Files.readString(out) + Files.readString(err)).contains(text)) return;
        Thread.sleep(50);
      }
    }

    /// As if its plug were pulled.
    void kill() {
      process.destroyForcibly();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /// As an operator or the system asks it to stop.
    void stop() {
      process.destroy();
    }

    private Ended ended(int exit) {
      try {
        return new Ended(exit, Files.readString(out), Files.readString(err));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
