package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `/api/v1/ws` with the JDK's own client, decent and not.
@Timeout(180)
class SocketTest {
  @TempDir private static Path data;
  private static TestServer server;
  private static HttpClient http;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1), planned("WORKER_002", 1)));
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    http.close();
    server.close();
  }

  private static URI uri() {
    return URI.create(server.client.uri("/api/v1/ws").toString().replace("http://", "ws://"));
  }

  private static Ear ear(Client client) {
    return new Ear(http, uri(), client);
  }

  @Test
  void severalSubscriptionsShareOneSocket() throws Exception {
    try (var ear = ear(server.client)) {
      ear.say("{\"subscribe\":\"w\",\"topics\":[\"workers\"],\"run\":\"" + RUN + "\"}");
      assertThat(ear.next("snapshot").path("data").path("items")).hasSize(2);
      ear.say("{\"subscribe\":\"a\",\"topics\":[\"approvals\"]}");
      assertThat(ear.next("snapshot").path("subscription").asText()).isEqualTo("a");
      server.gates.hold(RUN, "apr_0001_ws", operation("WORKER_001"));
      assertThat(ear.next("approvals").at("/data/items/0/id").asText()).isEqualTo("apr_0001_ws");
      server.journal.worker(
          "WORKER_002", new Assigned(assignment("WORKER_002"), 0, server.journal.now()));
      var changed = ear.next("workers");
      assertThat(changed.path("subscription").asText()).isEqualTo("w");
      assertThat(changed.at("/data/items/0/id").asText()).isEqualTo("WORKER_002");
    }
  }

  @Test
  void everySocketOfAClientHearsAndOneThatEndsTakesNoOtherAlong() throws Exception {
    try (var first = ear(server.client);
        var second = ear(server.client);
        var third = ear(server.client)) {
      for (var ear : List.of(first, second, third)) {
        ear.say("{\"subscribe\":\"a\",\"topics\":[\"approvals\"]}").next("snapshot");
      }
      server.gates.hold(RUN, "apr_0001_all", operation("WORKER_001"));
      for (var ear : List.of(first, second, third)) {
        assertThat(ear.next("approvals").at("/data/items/0/id").asText()).isEqualTo("apr_0001_all");
      }
      first.socket.abort();
      server.gates.hold(RUN, "apr_0001_rest", operation("WORKER_001"));
      for (var ear : List.of(second, third)) {
        assertThat(ear.next("approvals").at("/data/items/0/id").asText())
            .isEqualTo("apr_0001_rest");
      }
    }
  }

  @Test
  void whoComesBackGoesOnWhereTheyWere() throws Exception {
    String seen;
    try (var ear = ear(server.client)) {
      ear.say("{\"subscribe\":\"r\",\"topics\":[\"runs\"]}");
      seen = ear.next("snapshot").path("id").asText();
      assertThat(seen).matches("[0-9]+");
    }
    try (var ear = ear(server.client)) {
      ear.say("{\"subscribe\":\"r\",\"topics\":[\"runs\"],\"after\":\"" + seen + "\"}");
      assertThat(ear.next("resumed").path("id").asText()).isEqualTo(seen);
      ear.say("{\"subscribe\":\"x\",\"topics\":[\"runs\"],\"after\":\"999999999999\"}");
      assertThat(ear.next("reset").path("subscription").asText()).isEqualTo("x");
    }
  }

  @Test
  void whatIsNoLongerWantedIsNoLongerTold() throws Exception {
    try (var ear = ear(server.client)) {
      ear.say("{\"subscribe\":\"a\",\"topics\":[\"approvals\"]}");
      ear.next("snapshot");
      ear.say("{\"unsubscribe\":\"a\"}");
      assertThat(ear.next("unsubscribed").path("subscription").asText()).isEqualTo("a");
      ear.say("{\"unsubscribe\":\"a\"}");
      assertThat(ear.problem()).isEqualTo("not-subscribed");
      ear.say("{\"subscribe\":\"a\",\"topics\":[\"runs\"]}");
      assertThat(ear.next("subscribed").path("subscription").asText()).isEqualTo("a");
    }
  }

  @Test
  void mistakesAreToldAndTooManyOfThemEndIt() throws Exception {
    try (var ear = ear(server.client)) {
      assertThat(ear.say("{").problem()).isEqualTo("malformed-json");
      assertThat(ear.say("[]").problem()).isEqualTo("invalid-message");
      assertThat(ear.say("{\"subscribe\":\"\\u001b[2J\"}").problem()).isEqualTo("invalid-message");
      assertThat(ear.say("{\"subscribe\":\"a\",\"topics\":[\"secrets\"]}").problem())
          .isEqualTo("unknown-topic");
      assertThat(ear.say("{\"subscribe\":\"a\",\"run\":\"run_none\"}").problem())
          .isEqualTo("unknown-run");
      for (var i = 0; i < 15; i++) ear.say("{").problem();
      assertThat(ear.say("{").problem()).isEqualTo("too-many-mistakes");
      ear.next("closed");
    }
  }

  @Test
  void aSocketHasSoManySubscriptions() throws Exception {
    try (var ear = ear(server.client)) {
      for (var i = 0; i < 8; i++) ear.say("{\"subscribe\":\"s" + i + "\",\"topics\":[\"nodes\"]}");
      assertThat(ear.say("{\"subscribe\":\"s9\"}").problem()).isEqualTo("too-many-subscriptions");
      assertThat(ear.say("{\"subscribe\":\"s1\"}").problem()).isEqualTo("subscribed");
    }
  }

  @Test
  void whatIsTooLargeEndsIt() throws Exception {
    try (var ear = ear(server.client)) {
      ear.say("{\"subscribe\":\"" + "a".repeat(20_000) + "\"}");
      assertThat(ear.problem()).isEqualTo("invalid-message");
      ear.next("closed");
    }
    try (var ear = ear(server.client)) {
      for (var i = 0; i < 17; i++) ear.socket.sendText("a".repeat(1_000), false).join();
      assertThat(ear.problem()).isEqualTo("invalid-message");
    }
  }

  @Test
  void soDoesWhatIsNoText() throws Exception {
    try (var ear = ear(server.client)) {
      ear.socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
      assertThat(ear.problem()).isEqualTo("invalid-message");
      ear.next("closed");
    }
  }

  @Test
  void nobodyUnknownAndNoPageOfAnotherSiteOpensOne() {
    assertRefused(401);
    assertRefused(403, "Authorization", "Bearer of-nobody");
    assertRefused(403, server.client.authorized("Origin", "http://evil.example"));
    var answer = server.client.get("/api/v1/ws");
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.code()).isEqualTo("upgrade-required");
  }

  private static void assertRefused(int status, String... headers) {
    var builder = http.newWebSocketBuilder();
    for (var i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> builder.buildAsync(uri(), new WebSocket.Listener() {}).join())
        .havingCause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            it -> assertThat(it.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  void whoIsForOneWorkforceHearsOfItsRunsOnly() throws Exception {
    try (var ear = ear(server.as("ofOther", "another", Role.VIEWER))) {
      assertThat(ear.say("{\"subscribe\":\"a\"}").problem()).isEqualTo("other-workforces");
      assertThat(ear.say("{\"subscribe\":\"a\",\"run\":\"" + RUN + "\"}").problem())
          .isEqualTo("unknown-run");
    }
  }

  @Test
  void whoIsNoLongerKnownHearsNoMore() throws Exception {
    try (var ear = ear(server.as("leaving", null, Role.VIEWER))) {
      ear.say("{\"subscribe\":\"n\",\"topics\":[\"runs\"]}");
      ear.next("snapshot");
      server.principals.remove("token.of.leaving");
      assertThat(ear.problem()).isEqualTo("session-ended");
      ear.next("closed");
    }
  }

  @Test
  void whoReadsNothingHoldsUpNobody() throws Exception {
    var deaf =
        http.newWebSocketBuilder()
            .header("Authorization", server.client.authorized()[1])
            .buildAsync(uri(), new Deaf())
            .join();
    deaf.sendText("{\"subscribe\":\"d\",\"topics\":[\"journal\"]}", true).join();
    try (var other = ear(server.client)) {
      other.say("{\"subscribe\":\"o\",\"topics\":[\"journal\"]}");
      other.next("snapshot");
      for (var i = 0; i < 200; i++) {
        server.journal.worker(
            "WORKER_001", new Assigned(assignment("WORKER_001"), i, server.journal.now()));
      }
      for (var i = 0; i < 200; i++) other.next("journal");
    } finally {
      deaf.abort();
    }
  }

  /// Asks for nothing.
  private static final class Deaf implements WebSocket.Listener {
    @Override
    public void onOpen(WebSocket socket) {}
  }
}
