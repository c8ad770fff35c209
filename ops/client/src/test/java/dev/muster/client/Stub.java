package dev.muster.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A server that does what a real node does only on a bad day. What a node does on a good one is
/// tested with a node, in `ops/e2e`.
final class Stub implements AutoCloseable {
  private final HttpServer server;
  private final Day day;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /// @param header `Idempotency-Key` of a POST, `Last-Event-ID` of a GET; empty for none
  record Seen(String method, String path, String header) {}

  interface Day {
    /// @param number of the request, from 1
    void answer(int number, HttpExchange exchange) throws IOException;
  }

  Stub(Day day) {
    this.day = day;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var isPost = exchange.getRequestMethod().equals("POST");
      var header =
          exchange.getRequestHeaders().getFirst(isPost ? "Idempotency-Key" : "Last-Event-ID");
      var path = exchange.getRequestURI().toString();
      seen.add(new Seen(exchange.getRequestMethod(), path, header == null ? "" : header));
      day.answer(seen.size(), exchange);
    }
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  List<Seen> seen() {
    return seen;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
