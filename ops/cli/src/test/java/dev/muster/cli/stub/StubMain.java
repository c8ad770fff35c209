package dev.muster.cli.stub;

import com.sun.net.httpserver.HttpServer;
import dev.muster.host.NodeFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
    new NodeFile("http://127.0.0.1:" + port, ProcessHandle.current().pid(), name, Instant.now())
        .write(data);
    System.out.println("http://127.0.0.1:" + port);
  }
}
