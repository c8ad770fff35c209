package dev.muster.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.gateway.Exchange.Reply;
import dev.muster.node.gateway.Speech.UnfitException;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.workspace.ListeningFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers one outside agent, while it is open, on a socket of its own. No port is opened: who does
/// not see the socket cannot ask, and who sees it needs the token.
public final class Gateway implements AutoCloseable {
  /// Below which all paths are.
  public static final String PATH = "/gateway";

  /// What its socket is called.
  public static final String SOCKET = "gateway";

  static final String TOO_LONG = "prompt is too long";

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int CONNECTIONS_MAX = 32;

  /// Before the next caller is looked for, where the last could not be taken.
  private static final long PAUSE_NANOS = 20_000_000;

  private static final String CHAT = PATH + "/v1/chat/completions";
  private static final String MESSAGES = PATH + "/v1/messages";
  private static final String RESPONSES = PATH + "/v1/responses";
  private static final String COUNT = MESSAGES + "/count_tokens";
  private static final String MODELS = PATH + "/v1/models";
  private static final Map<Integer, String> REASONS =
      Map.of(
          200,
          "OK",
          400,
          "Bad Request",
          401,
          "Unauthorized",
          403,
          "Forbidden",
          404,
          "Not Found",
          413,
          "Content Too Large");

  private final ServerSocketChannel server;
  private final byte[] token;
  private final Exchange exchange;
  private final Semaphore free = new Semaphore(CONNECTIONS_MAX);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answers = new AtomicInteger();

  private Gateway(ServerSocketChannel server, String token, Exchange exchange) {
    this.server = server;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.exchange = exchange;
  }

  /// @param folder absolute, in which its socket is
  /// @param token without which nothing is answered
  public static Gateway open(Path folder, String token, Exchange exchange) throws IOException {
    var gateway = new Gateway(ListeningFile.open(folder, SOCKET), token, exchange);
    Thread.ofVirtual().name("gateway").start(gateway::accept);
    return gateway;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var connection : open) connection.close();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        var connection = server.accept();
        open.add(connection);
        if (server.isOpen() && free.tryAcquire()) {
          Thread.ofVirtual().name("gateway-call").start(() -> serve(connection));
        } else {
          open.remove(connection);
          connection.close();
        }
      } catch (IOException _) {
        // Closed, or the caller went away at once, or this process has too many files open.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /// One request a connection.
  private void serve(SocketChannel connection) {
    try (connection) {
      var asked = Asked.read(new BufferedInputStream(Channels.newInputStream(connection)));
      if (asked == null) return;
      var answer = answer(asked);
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      var head =
          "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
              .formatted(
                  answer.status(),
                  REASONS.getOrDefault(answer.status(), "Error"),
                  answer.type(),
                  body.length);
      var out = Channels.newOutputStream(connection);
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
    } catch (IOException e) {
      LOG.debug("a call of an outside agent ended: {}", e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
      free.release();
    }
  }

  private record Answer(int status, String type, String body) {
    static Answer of(int status, ObjectNode body) {
      return new Answer(status, "application/json", body.toString());
    }
  }

  private static Speech speech(String path) {
    if (path.startsWith(MESSAGES)) return new MessagesSpeech();
    return path.equals(RESPONSES) ? new ResponsesSpeech() : new ChatSpeech();
  }

  private Answer answer(Asked asked) throws InterruptedException {
    var speech = speech(asked.path());
    if (!isKnown(asked)) {
      return refused(speech, 401, "the token is not that of this attempt");
    }
    var body = asked.body();
    if (body == null) {
      return refused(
          speech, 413, TOO_LONG + ": at most %d bytes are read".formatted(Asked.BODY_BYTES_MAX));
    }
    try {
      return switch (asked.method() + " " + asked.path()) {
        case "GET " + MODELS -> Answer.of(200, models());
        case "POST " + COUNT -> {
          var tokens = speech.request(Hearing.object(body)).tokensAbout();
          yield Answer.of(200, Hearing.node().put("input_tokens", tokens));
        }
        case "POST " + CHAT, "POST " + MESSAGES, "POST " + RESPONSES -> {
          var read = Hearing.object(body);
          yield answer(speech, speech.request(read), body, read.path("stream").asBoolean());
        }
        default ->
            refused(
                speech,
                404,
                "there is POST %s, POST %s, POST %s, POST %s and GET %s"
                    .formatted(CHAT, MESSAGES, RESPONSES, COUNT, MODELS));
      };
    } catch (UnfitException e) {
      return refused(speech, 400, String.valueOf(e.getMessage()));
    }
  }

  private Answer answer(Speech speech, ModelRequest request, String body, boolean stream)
      throws InterruptedException {
    return switch (exchange.ask(request, body)) {
      case Reply.Answered(var turn) -> {
        var id = Integer.toString(answers.incrementAndGet());
        yield stream
            ? new Answer(200, "text/event-stream", speech.stream(turn, id))
            : Answer.of(200, speech.whole(turn, id));
      }
      case Reply.TooLong(var why) -> refused(speech, 400, TOO_LONG + ": " + why);
      case Reply.Over(var why) -> refused(speech, 403, why);
    };
  }

  private static Answer refused(Speech speech, int status, String words) {
    return Answer.of(status, speech.error(status, words));
  }

  private boolean isKnown(Asked asked) {
    var bearer = asked.headers().getOrDefault("authorization", "").replaceFirst("(?i)^bearer ", "");
    return isToken(bearer) || isToken(asked.headers().getOrDefault("x-api-key", ""));
  }

  private boolean isToken(String text) {
    return MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8));
  }

  /// By this name an agent may ask; by any other, too.
  private static ObjectNode models() {
    var models = Hearing.node().put("object", "list");
    models.putArray("data").addObject().put("id", "muster").put("object", "model");
    return models;
  }
}
