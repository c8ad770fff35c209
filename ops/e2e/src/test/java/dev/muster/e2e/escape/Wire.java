package dev.muster.e2e.escape;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// HTTP by hand, since attackers send what no client library would.
final class Wire {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 12_000;
  private static final int ANSWER_BYTES_MAX = 4 << 20;

  private final int port;

  Wire(int port) {
    this.port = port;
  }

  /// An answer.
  ///
  /// @param status 0 when the connection was closed, or nothing came, without one
  record Reply(int status, String head, String body) {
    boolean has(String header) {
      return head.toLowerCase(Locale.ROOT).contains(header.toLowerCase(Locale.ROOT));
    }

    boolean any(int... statuses) {
      return Arrays.stream(statuses).anyMatch(it -> it == status);
    }

    String brief() {
      var text = status + " " + body.replaceAll("\\s+", " ");
      return text.substring(0, Math.min(text.length(), 200));
    }
  }

  /// A request as it should be, but for its path, its further headers (lines without their ends)
  /// and its body.
  Reply ask(String method, String path, String body, String... headers) {
    return ask(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Reply ask(String method, String path, byte[] body, String... headers) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    var all = String.join("\r\n", headers).toLowerCase(Locale.ROOT);
    if (!all.contains("host:")) head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    if (body.length > 0 || !method.equals("GET")) {
      if (!all.contains("content-type:")) head.append("Content-Type: application/json\r\n");
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n");
    for (var header : headers) head.append(header).append("\r\n");
    var bytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    var whole = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, whole, bytes.length, body.length);
    return raw(whole);
  }

  /// Sends these bytes and reads until the other side closes, or says nothing for a while.
  Reply raw(byte[] request) {
    try (var socket = open()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (IOException _) {
        // It may have answered before it had read all.
      }
      return parse(read(socket.getInputStream()));
    } catch (IOException e) {
      return new Reply(0, "", e.toString());
    }
  }

  Socket open() throws IOException {
    var socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    return socket;
  }

  private static String read(InputStream in) {
    var bytes = new ByteArrayOutputStream();
    var buffer = new byte[8_192];
    // A stream never ends by itself.
    var until = System.nanoTime() + ANSWER_MILLIS * 1_000_000L;
    try {
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
        if (bytes.size() > ANSWER_BYTES_MAX || System.nanoTime() > until) break;
      }
    } catch (SocketTimeoutException _) {
      // What has come is the answer.
    } catch (IOException _) {
      // Reset after the answer.
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Reply parse(String text) {
    if (!text.startsWith("HTTP/1.")) return new Reply(0, "", text);
    var end = text.indexOf("\r\n\r\n");
    var head = end < 0 ? text : text.substring(0, end);
    var body = end < 0 ? "" : text.substring(end + 4);
    return new Reply(Integer.parseInt(head.split("\\s+", 3)[1]), head, body);
  }
}
