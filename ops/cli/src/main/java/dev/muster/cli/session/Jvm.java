package dev.muster.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a JVM like the one of this process is started.
///
/// @param flags everything before the main class but the class path and the size of the heap
/// @param operatorFlags what the operator adds; the last word, also about the heap
public record Jvm(
    Path java, List<String> flags, List<String> operatorFlags, String classPath, String mainClass) {
  public Jvm {
    flags = List.copyOf(flags);
    operatorFlags = List.copyOf(operatorFlags);
  }

  public List<String> line(int heapMiB, List<String> arguments) {
    var line = new ArrayList<String>();
    line.add(java.toString());
    line.addAll(flags);
    line.add("-Xmx" + heapMiB + "m");
    line.addAll(operatorFlags);
    line.addAll(List.of("-cp", classPath, mainClass));
    line.addAll(arguments);
    return line;
  }
}
