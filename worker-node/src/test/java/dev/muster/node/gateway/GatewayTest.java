package dev.muster.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.Message;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.RequestDigest;
import dev.muster.node.models.ToolCall;
import dev.muster.protocol.agent.Entry;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  private static final String CHAT =
      """
      {"messages":[{"role":"system","content":"S"},{"role":"user","content":[{"type":"text","text":"U"}]},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"save","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"done"}],
       "tools":[{"type":"function","function":{"name":"save","description":"d","parameters":{"type":"object"}}}]}\
      """;
  private static final String MESSAGES =
      """
      {"system":[{"type":"text","text":"S"}],"messages":[{"role":"user","content":"U"},
        {"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"tool_use","id":"c1","name":"save","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"done"}]}],
       "tools":[{"name":"save","description":"d","input_schema":{"type":"object"}}]}\
      """;

  private static final String RESPONSES =
      """
      {"instructions":"S","input":[{"role":"user","content":[{"type":"input_text","text":"U"}]},
        {"type":"reasoning","summary":[]},
        {"type":"function_call","call_id":"c1","name":"save","arguments":"{}"},
        {"type":"function_call_output","call_id":"c1","output":"done"}],
       "tools":[{"type":"function","name":"save","description":"d","parameters":{"type":"object"}},
        {"type":"web_search"}]}\
      """;

  @TempDir Path folder;
  private final List<ModelRequest> asked = new CopyOnWriteArrayList<>();
  private Exchange.Reply reply =
      new Exchange.Reply.Answered(
          turn("Well", new Entry.Call("c2", "save", "{\"text\":\"x\"}", null, null)));
  private Gateway gateway;

  @BeforeEach
  void open() throws IOException {
    gateway =
        Gateway.open(
            folder.toRealPath(),
            "token",
            (request, _) -> {
              asked.add(request);
              return reply;
            });
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  private static Entry.Turn turn(String text, Entry.Call... calls) {
    return new Entry.Turn(
        text, List.of(calls), false, null, 7, 3, 2, true, "p", "o", "m", null, 5, null);
  }

  private String send(String method, String path, String header, String length, String body)
      throws IOException {
    return send(
        "%s %s HTTP/1.1\r\n%s\r\nContent-Length: %s\r\n\r\n%s"
            .formatted(method, path, header, length, body));
  }

  private String send(String raw) throws IOException {
    try (var channel =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.toRealPath().resolve("gateway")))) {
      Channels.newOutputStream(channel).write(raw.getBytes(StandardCharsets.UTF_8));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String post(String path, String body) throws IOException {
    return send("POST", path, "Authorization: Bearer token", body.length() + "", body);
  }

  @Test
  void allProtocolsComeToTheSameQuestion() throws IOException {
    assertThat(post("/gateway/v1/chat/completions", CHAT)).startsWith("HTTP/1.1 200 OK");
    assertThat(post("/gateway/v1/messages?beta=true", MESSAGES)).startsWith("HTTP/1.1 200 OK");
    assertThat(asked.getFirst().messages())
        .containsExactly(
            new Message.User("U"),
            new Message.Assistant("", List.of(ToolCall.of("c1", "save", "{}"))),
            new Message.ToolResult("c1", "save", "done", false));
    assertThat(post("/gateway/v1/responses", RESPONSES)).startsWith("HTTP/1.1 200 OK");
    assertThat(asked).hasSize(3).containsOnly(asked.getFirst());
    var digest = RequestDigest.of(asked.getFirst());
    assertThat(OutsideQuestion.of(CHAT, digest)).isEqualTo(asked.getFirst());
    assertThat(OutsideQuestion.of(MESSAGES, digest)).isEqualTo(asked.getFirst());
    assertThat(OutsideQuestion.of(RESPONSES, digest)).isEqualTo(asked.getFirst());
    assertThat(OutsideQuestion.of(CHAT, "another")).isNull();
  }

  @Test
  void answersAreWholeOrStreamedAsEachProtocolHasIt() throws IOException {
    assertThat(post("/gateway/v1/chat/completions", CHAT))
        .contains(
            "\"finish_reason\":\"tool_calls\"",
            "\"arguments\":\"{\\\"text\\\":\\\"x\\\"}\"",
            "\"prompt_tokens\":7");
    assertThat(post("/gateway/v1/chat/completions", stream(CHAT)))
        .contains("text/event-stream", "\"delta\":{\"role\":\"assistant\"", "data: [DONE]\n\n");
    assertThat(post("/gateway/v1/messages", MESSAGES))
        .contains("\"stop_reason\":\"tool_use\"", "\"input\":{\"text\":\"x\"}");
    assertThat(post("/gateway/v1/messages", stream(MESSAGES)))
        .contains(
            "event: message_start",
            "\"type\":\"text_delta\",\"text\":\"Well\"",
            "\"partial_json\":\"{\\\"text\\\":\\\"x\\\"}\"",
            "event: message_stop");
    assertThat(post("/gateway/v1/responses", RESPONSES))
        .contains(
            "\"status\":\"completed\"",
            "\"type\":\"output_text\",\"text\":\"Well\"",
            "\"call_id\":\"c2\",\"name\":\"save\",\"arguments\":\"{\\\"text\\\":\\\"x\\\"}\"",
            "\"input_tokens\":7");
    assertThat(post("/gateway/v1/responses", stream(RESPONSES)))
        .contains(
            "event: response.created\ndata: {",
            "\"delta\":\"Well\"",
            "event: response.function_call_arguments.done",
            "event: response.output_item.done",
            "event: response.completed");
  }

  private static String stream(String body) {
    return "{\"stream\":true," + body.substring(1);
  }

  @Test
  void bodiesMayComeInPieces() throws IOException {
    var half = CHAT.length() / 2;
    var body =
        "%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
            .formatted(half, CHAT.substring(0, half), CHAT.length() - half, CHAT.substring(half));
    assertThat(
            send(
                "POST",
                "/gateway/v1/chat/completions",
                "x-api-key: token\r\nTransfer-Encoding: chunked",
                "1",
                body))
        .startsWith("HTTP/1.1 200 OK");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatCannotBeAnsweredIsSaidAndAsksNobody() throws IOException {
    assertThat(send("POST", "/gateway/v1/messages", "x-api-key: toke", "0", ""))
        .startsWith("HTTP/1.1 401");
    assertThat(post("/api/v1/runs", "{}")).startsWith("HTTP/1.1 404").contains("there is POST");
    assertThat(post("/gateway/v1/messages", "[1]")).contains("400", "expected a JSON object");
    assertThat(post("/gateway/v1/responses", "{\"previous_response_id\":\"r\",\"input\":\"U\"}"))
        .contains("400", "nothing is kept");
    assertThat(post("/gateway/v1/messages", "{}")).contains("400", "at least one message");
    assertThat(
            post(
                "/gateway/v1/messages",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}]}"))
        .contains("400", "type `image` are not passed on");
    assertThat(send("POST", "/gateway/v1/messages", "x-api-key: token", "99999999999", ""))
        .startsWith("HTTP/1.1 413");
    assertThat(send("nonsense\r\n\r\n")).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void whoIsTooLongOrAtItsEndHearsSo() throws IOException {
    reply = new Exchange.Reply.TooLong("no window");
    assertThat(post("/gateway/v1/chat/completions", CHAT))
        .contains("400", "context_length_exceeded", "prompt is too long: no window");
    reply = new Exchange.Reply.Over("ended");
    assertThat(post("/gateway/v1/messages", MESSAGES)).startsWith("HTTP/1.1 403");
  }

  @Test
  void tokensAreCountedAndModelsListedWithoutAskingAnybody() throws IOException {
    assertThat(post("/gateway/v1/messages/count_tokens", MESSAGES)).contains("\"input_tokens\":");
    assertThat(send("GET", "/gateway/v1/models", "x-api-key: token", "0", ""))
        .contains("\"id\":\"muster\"");
    assertThat(asked).isEmpty();
  }
}
