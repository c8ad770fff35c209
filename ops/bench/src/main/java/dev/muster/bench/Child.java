package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A JVM with none of the settings of whoever measures: they may name a database that is in use.
final class Child {
  private Child() {}

  /// Waits for its end.
  static Timed run(Path folder, String classPath, String main, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    return Timed.run(folder, Map.of(), command);
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
