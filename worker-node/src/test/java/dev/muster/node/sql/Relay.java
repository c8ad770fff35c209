package dev.muster.node.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/// Stands before a server and is away until it is opened.
public final class Relay implements AutoCloseable {
  private final URI to;
  private final int port;
  private final ServerSocket door = new ServerSocket();

  /// @param url of JDBC
  public Relay(String url) throws IOException {
    to = URI.create(url.substring("jdbc:".length()));
    try (var free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /// Where it is found.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d%s".formatted(port, to.getPath());
  }

  public void open() throws IOException {
    door.setReuseAddress(true);
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        var caller = door.accept();
        var server = new Socket(to.getHost(), to.getPort());
        Thread.ofVirtual().start(() -> pump(caller, server));
        Thread.ofVirtual().start(() -> pump(server, caller));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One of them has ended.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
