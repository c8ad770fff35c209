package dev.muster.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A JVM with none of the settings of whoever measures: they
/// may name a database that is in use.
final class Child {
  private Child() {}

  /// Waits for its end.
  ///
  /// @return what it printed
  static String run(
      Path folder,
      Map<String, String> environment,
      String classPath,
      String main,
      String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    var out = folder.resolve("out.txt");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .redirectInput(new File("/dev/null"));
    var its = process.environment();
    its.keySet().removeIf(name -> name.startsWith("MUSTER_"));
    its.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    its.put("XDG_STATE_HOME", folder.resolve("state").toString());
    its.putAll(environment);
    var code = process.start().waitFor();
    if (code != 0) {
      var said = Files.readString(folder.resolve("err.txt"));
      throw new IOException("%s ended with %d: %s".formatted(main, code, said));
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  /// The same for every engine.
  static List<String> options() {
    var options = System.getenv().getOrDefault("MUSTER_JAVA_OPTS", "-Xmx512m");
    return Stream.of(options.split(" ")).filter(option -> !option.isEmpty()).toList();
  }
}
