package dev.muster.cli;

import dev.muster.cli.session.Jvm;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How this process was started, for nodes that are started from it.
final class ThisJvm {
  /// A node stays, so it gets the optimising compiler and a heap of its own; what this command
  /// knows of its terminal, and whatever watches it, is not for a node.
  private static final List<String> NOT_FOR_NODES =
      List.of(
          "-Xmx",
          "-Xms",
          "-XX:TieredStopAtLevel",
          "-Dmuster.terminals",
          "-Dmuster.columns",
          "-javaagent",
          "-agentlib",
          "-XX:AOTCacheOutput");

  private ThisJvm() {}

  static Jvm read(Map<String, String> environment) {
    var given = ManagementFactory.getRuntimeMXBean().getInputArguments();
    var flags =
        given.stream().filter(flag -> NOT_FOR_NODES.stream().noneMatch(flag::startsWith)).toList();
    var operator =
        Stream.of(environment.getOrDefault("MUSTER_JAVA_OPTS", "").strip().split("\\s+", -1))
            .filter(flag -> !flag.isEmpty())
            .toList();
    return new Jvm(
        Path.of(System.getProperty("java.home", ""), "bin", "java"),
        flags,
        operator,
        System.getProperty("java.class.path", ""),
        Main.class.getName());
  }
}
