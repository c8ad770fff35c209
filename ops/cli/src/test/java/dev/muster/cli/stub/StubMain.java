package dev.muster.cli.stub;

import static java.time.ZoneOffset.UTC;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZonedDateTime;
import java.util.TreeMap;

/// A process that looks from outside like a node: it is ready, and has written its file. What it
/// was told lies in `told` of its data folder.
public final class StubMain {
  private StubMain() {}

  public static void main(String[] args) throws IOException {
    var environment = System.getenv();
    var data = Path.of(String.valueOf(environment.get("MUSTER_DATA")));
    var name = String.valueOf(environment.get("MUSTER_NODE_NAME"));
    var told = new TreeMap<>(environment);
    told.put("arguments", String.join(" ", args));
    Files.writeString(data.resolve("told"), told.toString());
    if (name.equals(environment.get("MUSTER_RESULTS"))) {
      System.err.println("muster: I am the node that fails");
      System.exit(1);
    }
    var port = Integer.parseInt(String.valueOf(environment.get("MUSTER_PORT")));
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/health/ready", exchange -> exchange.sendResponseHeaders(200, -1));
    server.start();
    var beside =
        Files.writeString(data.resolve("node.json.new"), file(port, name, ZonedDateTime.now(UTC)));
    Files.move(beside, data.resolve("node.json"), StandardCopyOption.ATOMIC_MOVE);
    System.out.println("http://127.0.0.1:" + port);
  }

  /// As a node writes it. By hand: the JSON library is half of what this process would cost.
  private static String file(int port, String name, ZonedDateTime now) {
    return """
    {"url":"http://127.0.0.1:%d","pid":%d,"name":"%s","startedAt":"%tFT%4$tT.%4$tLZ"}
    """
        .formatted(port, ProcessHandle.current().pid(), name, now);
  }
}
