package dev.muster.e2e.escape;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server of an attacker that answers anything and remembers who came.
final class Trap implements AutoCloseable {
  private static final byte[] ANSWER =
      "{\"items\":[],\"next\":null}".getBytes(StandardCharsets.UTF_8);

  private final List<String> visits = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Trap() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext(
        "/",
        call -> {
          visits.add(
              call.getRequestMethod()
                  + " "
                  + call.getRequestURI()
                  + " "
                  + call.getRequestHeaders().getFirst("Authorization"));
          call.getResponseHeaders().set("Content-Type", "application/json");
          call.sendResponseHeaders(200, ANSWER.length);
          call.getResponseBody().write(ANSWER);
          call.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> visits() {
    return List.copyOf(visits);
  }

  void forget() {
    visits.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
