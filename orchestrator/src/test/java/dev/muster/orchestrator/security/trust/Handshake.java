package dev.muster.orchestrator.security.trust;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import scala.Option;

/// One connection between two transports, both ends in this thread, nothing but bytes between them.
final class Handshake {
  private static final int ROUNDS_MAX = 60;

  private Handshake() {}

  /// Null when both ends accept the other, and a byte came through either way; else why not.
  static @Nullable String between(MutualTls caller, MutualTls called, String host) {
    var client = caller.createClientSSLEngine(host, 7_410);
    var server = called.createServerSSLEngine(host, 7_410);
    try {
      return talked(client, server)
          ? said(caller.verifyClientSession(host, client.getSession()))
          : "stuck";
    } catch (SSLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static @Nullable String said(Option<Throwable> problem) {
    return problem.isEmpty() ? null : String.valueOf(problem.get().getMessage());
  }

  private static boolean talked(SSLEngine client, SSLEngine server) throws SSLException {
    var toServer = ByteBuffer.allocate(1 << 17);
    var toClient = ByteBuffer.allocate(1 << 17);
    var gotByServer = ByteBuffer.allocate(1 << 17);
    var gotByClient = ByteBuffer.allocate(1 << 17);
    for (var round = 0; round < ROUNDS_MAX; round++) {
      send(client, toServer);
      receive(server, toServer, gotByServer);
      send(server, toClient);
      receive(client, toClient, gotByClient);
      if (gotByServer.position() > 0 && gotByClient.position() > 0) return true;
    }
    return false;
  }

  /// A byte of its own once it may say something.
  private static void send(SSLEngine engine, ByteBuffer wire) throws SSLException {
    var hello = ByteBuffer.wrap(new byte[] {1});
    while (engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP && hello.hasRemaining()) {
      tasks(engine);
      var before = wire.position();
      engine.wrap(hello, wire);
      if (wire.position() == before) return;
    }
  }

  private static void receive(SSLEngine engine, ByteBuffer wire, ByteBuffer got)
      throws SSLException {
    wire.flip();
    while (wire.hasRemaining()) {
      tasks(engine);
      var before = wire.remaining();
      engine.unwrap(wire, got);
      tasks(engine);
      if (wire.remaining() == before && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        break;
      }
    }
    wire.compact();
  }

  private static void tasks(SSLEngine engine) {
    for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
