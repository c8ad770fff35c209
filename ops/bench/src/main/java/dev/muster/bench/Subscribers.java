package dev.muster.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Sockets on which a node tells what happens. Who reads notes when each decision came.
final class Subscribers implements AutoCloseable {
  private static final Duration HEARD_WITHIN = Duration.ofMinutes(2);

  /// Small, so that the kernel does not read for whoever does not.
  private static final int RECEIVE_BYTES = 8_192;

  private static final String DECIDED = "\"type\":\"ApprovalDecided\"";

  private final InetSocketAddress address;
  private final List<String> tokens;
  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();

  /// @param tokens taken in turn
  Subscribers(URI node, List<String> tokens) {
    this.address = new InetSocketAddress(node.getHost(), node.getPort());
    this.tokens = tokens;
  }

  void open(String query, boolean reads) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.connect(address);
    var request =
        """
        GET /api/v1/events?%s HTTP/1.1
        Host: 127.0.0.1:%d
        Authorization: Bearer %s
        Accept: text/event-stream

        """
            .formatted(query, address.getPort(), tokens.get(sockets.size() % tokens.size()))
            .replace("\n", "\r\n");
    sockets.add(socket);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    if (reads) Thread.ofVirtual().start(() -> read(socket));
  }

  private void read(Socket socket) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"topic\":\"journal\"")) begun.incrementAndGet();
        if (line.contains(DECIDED)) heard(line, Instant.now());
      }
    } catch (IOException _) {
      // It is closed at the end.
    }
  }

  private void heard(String line, Instant now) {
    var at = line.indexOf("\"at\":\"") + "\"at\":\"".length();
    var happened = Instant.parse(line.substring(at, line.indexOf('"', at)));
    millis.add(Duration.between(happened, now).toNanos() / 1e6);
  }

  void awaitBegun(int wanted) throws IOException, InterruptedException {
    var until = System.nanoTime() + HEARD_WITHIN.toNanos();
    while (begun.get() < wanted) wait(until, begun.get(), wanted);
  }

  void awaitDecisions(int wanted) throws IOException, InterruptedException {
    var until = System.nanoTime() + HEARD_WITHIN.toNanos();
    while (millis.size() < wanted) wait(until, millis.size(), wanted);
    if (millis.size() > wanted) throw new IOException(millis.size() + " instead of " + wanted);
  }

  private static void wait(long untilNanos, int heard, int wanted)
      throws IOException, InterruptedException {
    if (System.nanoTime() > untilNanos) throw new IOException("of " + wanted + " came " + heard);
    Thread.sleep(20);
  }

  /// What was noted so far.
  void forget() {
    millis.clear();
  }

  double[] millis() {
    return millis.stream().mapToDouble(it -> it).toArray();
  }

  @Override
  public void close() throws IOException {
    for (var socket : sockets) socket.close();
  }
}
