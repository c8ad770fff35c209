package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What somebody without a token can do to somebody with one.
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class StrangersTest {
  @TempDir private Path data;
  private TestServer server;
  private final Deque<Socket> sockets = new ArrayDeque<>();

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
  }

  @AfterEach
  void close() throws IOException {
    for (var socket : sockets) socket.close();
    server.close();
  }

  private Socket say(String text) throws IOException {
    var socket = new Socket();
    socket.connect(server.address, 5_000);
    sockets.add(socket);
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    return socket;
  }

  private void theOwnerGetsThrough() {
    for (var i = 0; i < 20; i++) {
      assertThat(server.client.post("/api/v1/runs/" + RUN + "/pause", "{}").status())
          .isEqualTo(202);
    }
  }

  @Test
  void bodiesThatNeverComeCostNobodyAnything() throws IOException {
    for (var i = 0; i < 100; i++) {
      say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx");
      say("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx");
    }
    theOwnerGetsThrough();
  }

  @Test
  void headsThatNeverEndCostNobodyAnything() throws IOException {
    for (var i = 0; i < 1_500; i++) say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ");
    theOwnerGetsThrough();
  }

  @Test
  void aWrongTokenIsRefusedBeforeItsBodyIsSent() throws IOException {
    var socket =
        say(
            """
            POST /api/v1/runs HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer x\r
            Content-Type: application/json\r
            Content-Length: 1000000\r
            \r
            """);
    socket.setSoTimeout(60_000);
    var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
    assertThat(answer).startsWith("HTTP/1.1 403").contains("Connection: close");
  }

  @Test
  void streamsAreForThoseWhoAreKnown() throws IOException {
    for (var i = 0; i < 40; i++) {
      say("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    theOwnerGetsThrough();
  }

  @Test
  void whoIsSilentIsSentAwayAfterAWhile() throws IOException {
    var silent = say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ");
    silent.setSoTimeout(60_000);
    assertThat(silent.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void refusalsTellAStrangerNothingOfWhatItSent() throws IOException {
    for (var text :
        new String[] {
          "GET /<script>x HTTP/1.1\r\nHost: localhost\r\n",
          "GET /%3Cscript%3Ex HTTP/1.1\r\nHost: localhost\r\n",
          "GET /x HTTP/1.1\r\nHost: <script>x\r\n",
          "GET /x HTTP/1.1\r\nHost: localhost\r\nOrigin: http://<script>x\r\n",
          "GET /x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer <script>x\r\n",
          "<script>x / HTTP/1.1\r\nHost: localhost\r\n",
          "GET /x HTTP/1.1\r\nHost: localhost\r\n<script>x: y\r\n"
        }) {
      var answer = server.client.raw(text + "Connection: close\r\n\r\n");
      assertThat(answer).as(text).doesNotStartWith("HTTP/1.1 2").doesNotContain("script");
    }
  }

  @Test
  void everyAnswerKeepsABrowserFromGuessing() {
    for (var path : new String[] {"/health/live", "/nowhere", "/api/v1/runs", "/api/docs"}) {
      var reply = server.client.getWithoutToken(path);
      assertThat(reply.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(reply.header("Content-Security-Policy")).as(path).contains("default-src 'none'");
      assertThat(reply.header("X-Frame-Options")).as(path).isEqualTo("DENY");
    }
  }
}
