package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.escape.Outcome.Escaped;
import dev.muster.e2e.escape.Outcome.Untried;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whoever reaches the ports of a node and has nothing to show: can they starve the owner, or speak
/// to the nodes' own port?
final class StrangerScenes implements Group {
  private static final String STARVE = "Strangers cannot starve the owner.";
  private static final String NODES = "Nodes trust only nodes.";
  private static final int CROWD = 80;
  private static final int CALLS = 10;

  @Override
  public String name() {
    return "strangers";
  }

  @Override
  public void go(Stage stage) throws Exception {
    try (var camp = new Camp(stage.kit(), Machine.ofScenes(), "strangers")) {
      Workforces.write(camp.workforce(), ApiScenes.gated(1));
      var node = Node.up(camp);
      var host = "Host: 127.0.0.1:" + node.port() + "\r\n";
      crowd(
          stage,
          node,
          "slow-bodies",
          "GET /health/live HTTP/1.1\r\n" + host + "Content-Length: 1000\r\n\r\nx");
      crowd(
          stage,
          node,
          "slow-changes",
          "POST /api/v1/runs HTTP/1.1\r\n"
              + host
              + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
      crowd(stage, node, "slow-heads", "GET /api/v1/runs HTTP/1.1\r\nHost: 127");
      crowd(stage, node, "silent", "");
      crowd(
          stage,
          node,
          "streams",
          "GET /api/v1/events HTTP/1.1\r\n" + host + "Accept: text/event-stream\r\n\r\n");
      crowd(
          stage,
          node,
          "open-chunks",
          "POST /api/v1/instructions/check HTTP/1.1\r\n"
              + host
              + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":");
      stage.scene(
          "keys-of-strangers",
          STARVE,
          () -> {
            node.wire()
                .ask(
                    "POST",
                    "/api/v1/instructions/check",
                    "{\"text\":\"a\"}",
                    "Idempotency-Key: shared-key");
            var reply =
                node.wire()
                    .ask(
                        "POST",
                        "/api/v1/instructions/check",
                        "{\"text\":\"b\"}",
                        node.bearer(),
                        "Idempotency-Key: shared-key");
            return Outcome.heldIf(reply.status() == 200, reply.brief());
          });
      stage.scene(
          "many-wrong-tokens",
          STARVE,
          () -> {
            for (var i = 0; i < 200; i++)
              node.wire().ask("POST", "/api/v1/runs", "{}", "Authorization: Bearer wrong" + i);
            var reply = node.get("/runs");
            return Outcome.heldIf(reply.status() == 200, reply.brief());
          });
      ports(stage, node);
      stage.scene(
          "still-works",
          STARVE,
          () ->
              Outcome.heldIf(
                  node.hold("none").path("state").asText().equals("PENDING"), "nobody is asked"));
    }
  }

  /// Opens many connections that say this and no more, and calls as the owner meanwhile.
  private static void crowd(Stage stage, Node node, String name, String words) {
    stage.scene(
        "crowd-" + name,
        STARVE,
        () -> {
          List<Socket> crowd = new ArrayList<>();
          try {
            for (var i = 0; i < CROWD; i++) {
              try {
                var socket = node.wire().open();
                crowd.add(socket);
                socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
              } catch (IOException _) {
                // Turned away, which is as good.
              }
            }
            List<String> refused = new ArrayList<>();
            for (var i = 0; i < CALLS; i++) {
              var reply = i % 2 == 0 ? node.get("/runs") : node.post("/runs/none/cancel", "{}");
              if (!reply.any(200, 404)) refused.add(reply.brief());
              Thread.sleep(100);
            }
            return Outcome.heldIf(
                refused.isEmpty(),
                refused.size()
                    + " of "
                    + CALLS
                    + " calls of the owner were refused: "
                    + refused.stream().findFirst().orElse(""));
          } finally {
            for (var socket : crowd) socket.close();
          }
        });
  }

  private static void ports(Stage stage, Node node) {
    var ports = node.otherPorts();
    for (var hello :
        List.of(
            "AKKA\1",
            "GET / HTTP/1.1\r\n\r\n",
            "\0\0\0\0",
            "\u0016\u0003\u0001\u007f\u007f" + "x".repeat(300))) {
      stage.scene(
          "nodes-port-" + hello.strip().codePointAt(0) + "-" + hello.length(),
          NODES,
          () -> {
            if (ports.isEmpty()) return new Untried("a node that is alone has no port for others");
            for (var port : ports) {
              var reply = new Wire(port).raw(hello.getBytes(StandardCharsets.ISO_8859_1));
              if (reply.body().length() > 100)
                return new Escaped("port " + port + " answers: " + reply.brief());
            }
            return Outcome.heldIf(node.healthy(), "the node is not healthy");
          });
    }
    stage.scene(
        "nodes-port-without-a-certificate",
        NODES,
        () ->
            ports.isEmpty()
                ? new Untried("a node that is alone has no port for others")
                : tls(ports, null, node));
    stage.scene(
        "nodes-port-with-own-certificate",
        NODES,
        () ->
            ports.isEmpty()
                ? new Untried("a node that is alone has no port for others")
                : tls(ports, ownKeys(node), node));
  }

  private static KeyManagerFactory ownKeys(Node node) throws Exception {
    var file = node.camp().root().resolve("stranger.p12");
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Shell.run(
        tool,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=muster,O=muster",
        "-alias",
        "x",
        "-keystore",
        file.toString(),
        "-storepass",
        "changeit");
    var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, "changeit".toCharArray());
    return factory;
  }

  /// Whether the port speaks with somebody who believes everything and can prove nothing.
  private static Outcome tls(Set<Integer> ports, @Nullable KeyManagerFactory keys, Node node)
      throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(
        keys == null ? null : keys.getKeyManagers(), new TrustManager[] {new Believer()}, null);
    for (var port : ports) {
      try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
        socket.setSoTimeout(5_000);
        socket.startHandshake();
        socket.getOutputStream().write("AKKA\1\0\0\0\4abcd".getBytes(StandardCharsets.ISO_8859_1));
        if (socket.getInputStream().read() >= 0)
          return new Escaped("port " + port + " answers a stranger over TLS");
      } catch (SocketTimeoutException e) {
        return new Escaped("port " + port + " keeps the connection of a stranger");
      } catch (IOException _) {
        // refused
      }
    }
    return Outcome.heldIf(node.healthy(), "the node is not healthy");
  }

  private static final class Believer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
