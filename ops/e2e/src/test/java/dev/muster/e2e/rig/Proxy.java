package dev.muster.e2e.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/// Passes bytes on between a port and the same port of another loopback address, as long as the
/// link between the caller and the called is whole; a cut link holds the bytes back without a word.
final class Proxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int CONNECT_MILLIS_MAX = 2_000;
  private static final long LOOK_EVERY_MILLIS = 50;

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final LongPredicate open;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Set<Long> known = Set.of();

  /// @param open whether bytes of this process get through now
  Proxy(String address, String target, int port, LongPredicate open) throws IOException {
    this.server = new ServerSocket();
    this.server.setReuseAddress(true);
    this.server.bind(new InetSocketAddress(address, port));
    this.target = new InetSocketAddress(target, port);
    this.open = open;
    Thread.ofVirtual().name("proxy-" + address).start(this::accept);
  }

  /// The processes that may call.
  void know(Set<Long> pids) {
    known = Set.copyOf(pids);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var caller = server.accept();
        sockets.add(caller);
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException _) {
        // Closed, or a caller that left at once.
      }
    }
  }

  private void serve(Socket caller) {
    var pid = Callers.pidOf(caller.getPort(), known);
    var called = new Socket();
    sockets.add(called);
    try (caller;
        called) {
      waitUntilOpen(pid);
      called.connect(target, CONNECT_MILLIS_MAX);
      var back =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  pass(pid, called.getInputStream(), caller.getOutputStream());
                  caller.shutdownOutput();
                } catch (IOException | InterruptedException _) {
                  closeBoth(caller, called);
                }
              });
      pass(pid, caller.getInputStream(), called.getOutputStream());
      called.shutdownOutput();
      back.join();
    } catch (IOException _) {
      // One of the two has gone; the other is told by the closing of its socket.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(caller);
      sockets.remove(called);
    }
  }

  private static void closeBoth(Socket one, Socket other) {
    for (var socket : new Socket[] {one, other}) {
      try {
        socket.close();
      } catch (IOException _) {
        // It is closed.
      }
    }
  }

  private void pass(long pid, InputStream from, OutputStream to)
      throws IOException, InterruptedException {
    var buffer = new byte[BUFFER_BYTES];
    for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      waitUntilOpen(pid);
      to.write(buffer, 0, read);
      to.flush();
    }
    waitUntilOpen(pid); // the end of a stream does not get through a cut either
  }

  private void waitUntilOpen(long pid) throws InterruptedException {
    while (!open.test(pid) && !server.isClosed()) Thread.sleep(LOOK_EVERY_MILLIS);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // It is closed.
    }
    for (var socket : sockets) {
      try {
        socket.close();
      } catch (IOException _) {
        // It is closed.
      }
    }
  }
}
