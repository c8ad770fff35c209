package dev.muster.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Something else that carries workers out on the same server, in a JVM of its own.
///
/// @param classPath of that JVM: what others bring along is not to change what Muster runs with
/// @param main the class whose `main` takes the number of workers, and an address, a user and a
///   password for JDBC, and prints a line of JSON: seconds, and millis of each worker
record JdbcEngine(String name, String classPath, String main, Server server) implements Engine {
  private static final ObjectMapper JSON = new ObjectMapper();

  static void print(double seconds, double[] millis) throws IOException {
    System.out.println(JSON.writeValueAsString(Map.of("seconds", seconds, "millis", millis)));
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var url = server.create();
    var before = server.cpuMillis();
    var timed =
        Child.run(
            folder,
            classPath,
            main,
            Integer.toString(workers),
            url,
            server.user(),
            server.password());
    var last = timed.said().strip().lines().reduce("", (_, line) -> line);
    var measured = JSON.readTree(last);
    var millis = JSON.treeToValue(measured.get("millis"), double[].class);
    if (millis.length != workers) {
      throw new IOException("of %d workers %d ended".formatted(workers, millis.length));
    }
    return timed
        .on(
            Round.of(name)
                .with("perSecond", workers / measured.get("seconds").asDouble())
                .with("", millis))
        .with(Server.CPU, server.cpuMillis() - before);
  }
}
