package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/// A web server of this host that is no node of Muster: the JDK's own, in a process of its own.
final class OtherServer implements AutoCloseable {
  private final Process process;
  private final int port;

  OtherServer() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-m",
                "jdk.httpserver",
                "-b",
                "127.0.0.1",
                "-p",
                "0")
            .redirectErrorStream(true)
            .start();
    port = port(process);
  }

  private static int port(Process process) throws IOException {
    var lines = process.inputReader();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.matches("URL http://.*:\\d+/")) {
        return Integer.parseInt(line.replaceAll(".*:(\\d+)/", "$1"));
      }
    }
    throw new IOException("the server said no port");
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
