package dev.muster.orchestrator.api.exchange;

import dev.muster.orchestrator.readside.view.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What a handler answers, before it becomes an HTTP response.
public record Answer(int status, String type, Content content, Map<String, String> headers) {
  public static final String JSON = "application/json";
  public static final String PROBLEM = "application/problem+json";
  static final String FORM = "application/x-www-form-urlencoded";
  public static final String HTML = "text/html; charset=utf-8";
  public static final String NDJSON = "application/x-ndjson";
  public static final String EVENTS = "text/event-stream";
  public static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
  }

  public sealed interface Content {
    record Whole(ByteString bytes) implements Content {}

    record Streamed(Source<ByteString, NotUsed> chunks) implements Content {}

    /// What becomes of the connection when it is a WebSocket from now on.
    record Socket(Flow<Message, Message, NotUsed> messages) implements Content {}
  }

  public static Answer json(int status, Object body) {
    return whole(status, JSON, ByteString.fromArray(Json.bytes(body)));
  }

  public static Answer ok(Object body) {
    return json(200, body);
  }

  public static Answer text(String body) {
    return whole(200, TEXT, ByteString.fromArray(body.getBytes(StandardCharsets.UTF_8)));
  }

  public static Answer whole(int status, String type, ByteString body) {
    return new Answer(status, type, new Content.Whole(body), Map.of());
  }

  public static Answer stream(String type, Source<ByteString, NotUsed> chunks) {
    return new Answer(200, type, new Content.Streamed(chunks), Map.of());
  }

  public static Answer socket(Flow<Message, Message, NotUsed> messages) {
    return new Answer(101, TEXT, new Content.Socket(messages), Map.of());
  }

  public static Answer problem(Problem problem) {
    var answer = whole(problem.status(), PROBLEM, ByteString.fromArray(Json.bytes(problem)));
    return problem.status() == 429 || problem.status() == 503
        ? answer.with("Retry-After", "1")
        : answer;
  }

  public Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, content, more);
  }
}
