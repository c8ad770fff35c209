package dev.muster.testkit.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Real HTTP on loopback, four protocols, and answers as they were scripted. It speaks through a
/// bare socket, so that an answer can end wherever a test wants it to.
public final class ModelServer implements AutoCloseable {
  private static final Turn NOTHING_SCRIPTED =
      Turn.status(500, "{\"error\":{\"message\":\"nothing is scripted\"}}");

  private final ServerSocket socket;
  private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMax = new AtomicInteger();
  private volatile @Nullable String listing;
  private volatile Function<Received, Turn> otherwise = _ -> NOTHING_SCRIPTED;

  private ModelServer(ServerSocket socket) {
    this.socket = socket;
  }

  public static ModelServer open() {
    try {
      var server = new ModelServer(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers the next requests, in this order.
  public ModelServer script(Turn... next) {
    turns.addAll(List.of(next));
    return this;
  }

  /// Answers whatever is not scripted; may be called from many threads.
  public ModelServer otherwise(Function<Received, Turn> answer) {
    otherwise = answer;
    return this;
  }

  /// What it says when it is asked which models it has, which is no request of the script.
  public ModelServer offering(String listing) {
    this.listing = listing;
    return this;
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  public int inFlight() {
    return inFlight.get();
  }

  /// The most requests that were open at the same time.
  public int inFlightMax() {
    return inFlightMax.get();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (var it : open) it.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  /// One request a connection.
  private void serve(Socket connection) {
    var now = inFlight.incrementAndGet();
    inFlightMax.accumulateAndGet(now, Math::max);
    try (connection) {
      var request = read(new BufferedInputStream(connection.getInputStream()));
      if (request.isAboutModels()) {
        var offered = listing;
        var status = offered == null ? 404 : 200;
        whole(
            connection.getOutputStream(),
            status,
            Map.of(),
            "application/json",
            offered == null ? "{}" : offered);
        return;
      }
      received.add(request);
      var scripted = turns.poll();
      answer(
          request,
          scripted == null ? otherwise.apply(request) : scripted,
          connection,
          connection.getOutputStream());
    } catch (IOException _) {
      // the caller went away
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.decrementAndGet();
      open.remove(connection);
    }
  }

  private static Received read(InputStream in) throws IOException {
    var path = line(in).split(" ", -1)[1];
    Map<String, String> headers = new HashMap<>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Received(path, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new IOException("no whole request");
      if (next != '\r') line.append((char) next);
    }
    return line.toString();
  }

  private static void answer(Received request, Turn turn, Socket connection, OutputStream out)
      throws IOException, InterruptedException {
    var protocol = request.protocol();
    switch (turn) {
      case Turn.Say(var text) -> say(request, text, List.of(), out);
      case Turn.Call(var tools) -> say(request, "", tools, out);
      case Turn.Big(var bytes) -> say(request, "x".repeat(bytes), List.of(), out);
      case Turn.Status status ->
          whole(out, status.status(), status.headers(), "application/json", status.body());
      case Turn.Garbage(var type, var body) -> whole(out, 200, Map.of(), type, body);
      case Turn.Half(var text) -> {
        head(out, protocol.streamType());
        for (var piece : begun(protocol, text)) chunk(out, protocol.framed(piece));
        chunk(out, "");
      }
      case Turn.Cut(var text) -> {
        head(out, protocol.streamType());
        for (var piece : begun(protocol, text)) chunk(out, protocol.framed(piece));
        connection.setSoLinger(true, 0); // a reset, as of a process that was killed
      }
      case Turn.Breakdown(var text, var type, var message) -> {
        head(out, protocol.streamType());
        for (var piece : begun(protocol, text)) chunk(out, protocol.framed(piece));
        chunk(out, protocol.framed(protocol.error(type, message)));
        chunk(out, "");
      }
      case Turn.Silence _ -> {
        // Ends when the caller does, or the server is closed.
        if (connection.getInputStream().read() < 0) return;
      }
      case Turn.Late(var after, var then) -> {
        Thread.sleep(after);
        answer(request, then, connection, out);
      }
    }
  }

  private static List<String> begun(Protocol protocol, String text) {
    var pieces = new ArrayList<>(protocol.begin());
    pieces.addAll(protocol.text(text));
    return pieces;
  }

  private static void say(Received request, String text, List<Turn.Tool> tools, OutputStream out)
      throws IOException {
    var protocol = request.protocol();
    if (!request.streams()) {
      whole(out, 200, Map.of(), "application/json", protocol.whole(text, tools));
      return;
    }
    head(out, protocol.streamType());
    for (var piece : protocol.begin()) chunk(out, protocol.framed(piece));
    if (!text.isEmpty()) {
      for (var half : Quote.halves(text)) {
        for (var piece : protocol.text(half)) chunk(out, protocol.framed(piece));
      }
    }
    var index = 0;
    for (var tool : tools) {
      for (var piece : protocol.call(index, tool)) chunk(out, protocol.framed(piece));
      index++;
    }
    for (var piece : protocol.end(!tools.isEmpty())) chunk(out, protocol.framed(piece));
    chunk(out, "");
  }

  private static void head(OutputStream out, String type) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            .formatted(type));
  }

  /// An empty one is the end.
  private static void chunk(OutputStream out, String text) throws IOException {
    var length = text.getBytes(StandardCharsets.UTF_8).length;
    write(out, Integer.toHexString(length) + "\r\n" + text + "\r\n");
  }

  private static void whole(
      OutputStream out, int status, Map<String, String> headers, String type, String body)
      throws IOException {
    var more = new StringBuilder();
    headers.forEach((name, value) -> more.append(name).append(": ").append(value).append("\r\n"));
    write(
        out,
        "HTTP/1.1 %d Said\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s"
            .formatted(status, type, body.getBytes(StandardCharsets.UTF_8).length, more, body));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
