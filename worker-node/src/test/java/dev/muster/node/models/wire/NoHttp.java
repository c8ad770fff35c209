package dev.muster.node.models.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/// Answers one caller with a first line that is none of HTTP.
record NoHttp(ServerSocket socket) implements AutoCloseable {
  static NoHttp saying(String line) throws IOException {
    var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      try (var caller = socket.accept()) {
        caller.getOutputStream().write((line + "\r\n\r\n").getBytes(UTF_8));
        caller.shutdownOutput();
        caller.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return new NoHttp(socket);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
