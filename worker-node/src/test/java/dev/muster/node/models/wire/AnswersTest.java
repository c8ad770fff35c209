package dev.muster.node.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.Message;
import dev.muster.node.models.ModelAnswer.Finish;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelReply;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.OutputSchema;
import dev.muster.node.models.ToolCall;
import dev.muster.node.models.ToolSpec;
import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Protocol;
import dev.muster.testkit.model.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnswersTest {
  private static final ToolSpec WRITE =
      new ToolSpec(
          "write",
          "Writes a file.",
          "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}");
  private static final ToolSpec READ =
      new ToolSpec("read", "Reads a file.", "{\"type\":\"object\",\"properties\":{}}");

  private final ModelServer server = ModelServer.open();

  static Stream<Arguments> ways() {
    return Stream.of(Protocol.values())
        .flatMap(it -> Stream.of(Arguments.of(it, true), Arguments.of(it, false)));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest(name = "{0}, in pieces: {1}")
  @MethodSource("ways")
  void textComesWithWhatItCost(Protocol protocol, boolean stream) {
    server.script(Turn.say("Hello, \"world\"\n– grün"));

    var answer = new Talk(server, protocol, stream).answer(ModelRequest.of("Say hello."));

    assertThat(answer.text()).isEqualTo("Hello, \"world\"\n– grün");
    assertThat(answer.finish()).isEqualTo(Finish.STOP);
    assertThat(answer.usage().input()).isEqualTo(11);
    assertThat(answer.usage().output()).isEqualTo(7);
    assertThat(answer.usage().cached()).isEqualTo(protocol == Protocol.OLLAMA ? 0 : 4);
  }

  @ParameterizedTest(name = "{0}, in pieces: {1}")
  @MethodSource("ways")
  void twoCallsAtOnceAreBothThere(Protocol protocol, boolean stream) {
    server.script(
        new Turn.Call(
            List.of(new Turn.Tool("write", "{\"path\":\"a.txt\"}"), new Turn.Tool("read", "{}"))));

    var answer =
        new Talk(server, protocol, stream)
            .answer(ModelRequest.of("Do it.").withTools(List.of(WRITE, READ)));

    assertThat(answer.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(answer.calls()).extracting(ToolCall::name).containsExactly("write", "read");
    assertThat(answer.calls().getFirst().arguments()).isEqualTo("{\"path\":\"a.txt\"}");
    assertThat(answer.calls().getLast().arguments()).isEqualTo("{}");
    assertThat(answer.calls()).extracting(ToolCall::id).doesNotHaveDuplicates().doesNotContain("");
    assertThat(answer.calls()).extracting(ToolCall::problem).containsOnlyNulls();
  }

  @ParameterizedTest(name = "{0}, in pieces: {1}")
  @MethodSource("ways")
  void callsThatCannotBeCarriedOutSayWhy(Protocol protocol, boolean stream) {
    server.script(
        new Turn.Call(List.of(new Turn.Tool("fly", "{}"), new Turn.Tool("write", "path = a.txt"))));

    var calls =
        new Talk(server, protocol, stream)
            .answer(ModelRequest.of("Do it.").withTools(List.of(WRITE)))
            .calls();

    assertThat(calls.getFirst().problem()).isEqualTo("there is no tool `fly`; there is write");
    assertThat(calls.getLast().problem())
        .isEqualTo("the arguments of write are not a JSON object; call it again with one");
  }

  @ParameterizedTest(name = "{0}, in pieces: {1}")
  @MethodSource("ways")
  void aShapeThatWasAskedForIsAnObjectOrABadAnswer(Protocol protocol, boolean stream) {
    var talk = new Talk(server, protocol, stream);
    var request =
        ModelRequest.of("Plan.").withOutput(new OutputSchema("plan", "{\"type\":\"object\"}"));
    // Anthropic gives it as the arguments of a call, the others as text.
    var isCall = protocol == Protocol.ANTHROPIC;
    server.script(isCall ? Turn.call("plan", "{\"steps\":2}") : Turn.say("{\"steps\":2}"));
    server.script(Turn.say("Here is your plan: two steps."));

    var answer = talk.answer(request);
    assertThat(answer.text()).isEqualTo("{\"steps\":2}");
    assertThat(answer.calls()).isEmpty();
    assertThat(talk.failure(request).sentence())
        .startsWith("bad answer: expected a JSON object as asked for, found `Here is");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamIsHeardAsItGrows(Protocol protocol) {
    var heard = new ArrayList<String>();
    server.script(Turn.say("one two"), Turn.call("read", "{}"));
    var talk = new Talk(server, protocol, true);
    var events =
        new ModelEvents() {
          @Override
          public void began(String provider, String model) {}

          @Override
          public void text(String part) {
            heard.add(part);
          }

          @Override
          public void calling(String tool) {
            heard.add("calls " + tool);
          }
        };

    assertThat(talk.ask(ModelRequest.of("Hi."), events)).isInstanceOf(ModelReply.Answered.class);
    talk.ask(ModelRequest.of("Hi.").withTools(List.of(READ)), events);

    assertThat(heard).containsExactly("one", " two", "calls read");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aConversationIsSentWithItsCallsAndTheirResults(Protocol protocol) throws Exception {
    server.script(Turn.say("Done."));
    var conversation =
        new ModelRequest(
            "Be brief.",
            List.of(
                new Message.User("Write a.txt and read it."),
                new Message.Assistant(
                    "",
                    List.of(
                        new ToolCall("t1", "write", "{\"path\":\"a.txt\"}", null, "sig"),
                        ToolCall.of("t2", "read", "broken"))),
                new Message.ToolResult("t1", "write", "written", false),
                new Message.ToolResult("t2", "read", "no such file", true)),
            List.of(WRITE, READ),
            null,
            ModelLimits.STANDARD);

    new Talk(server, protocol, true).answer(conversation);

    var sent = server.received().getFirst();
    var body = Wire.MAPPER.readTree(sent.body());
    switch (protocol) {
      case OPENAI -> {
        assertThat(sent.headers()).contains(entry("authorization", "Bearer " + Talk.KEY));
        assertThat(roles(body.path("messages")))
            .containsExactly("system", "user", "assistant", "tool", "tool");
        var calls = body.at("/messages/2/tool_calls");
        assertThat(calls.at("/0/function/arguments").asText()).isEqualTo("{\"path\":\"a.txt\"}");
        assertThat(calls.at("/1/function/arguments").asText()).isEqualTo("{}");
        assertThat(body.at("/messages/4/tool_call_id").asText()).isEqualTo("t2");
        assertThat(body.at("/tools/0/function/parameters/required/0").asText()).isEqualTo("path");
        assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(4_000);
      }
      case OLLAMA -> {
        assertThat(roles(body.path("messages")))
            .containsExactly("system", "user", "assistant", "tool", "tool");
        assertThat(body.at("/messages/2/tool_calls/0/function/arguments/path").asText())
            .isEqualTo("a.txt");
        assertThat(body.at("/messages/3/tool_name").asText()).isEqualTo("write");
        assertThat(body.at("/options/num_predict").asInt()).isEqualTo(4_000);
      }
      case ANTHROPIC -> {
        assertThat(sent.headers()).contains(entry("x-api-key", Talk.KEY));
        assertThat(sent.headers()).containsKey("anthropic-version");
        assertThat(roles(body.path("messages"))).containsExactly("user", "assistant", "user");
        assertThat(body.at("/messages/2/content/0/is_error").isMissingNode()).isTrue();
        assertThat(body.at("/messages/2/content/1/is_error").asBoolean()).isTrue();
        for (var place : List.of("/system/0", "/tools/1", "/messages/2/content/1")) {
          assertThat(body.at(place + "/cache_control/type").asText()).isEqualTo("ephemeral");
        }
      }
      case GEMINI -> {
        assertThat(sent.path()).isEqualTo("/v1beta/models/model-a:streamGenerateContent?alt=sse");
        assertThat(sent.headers()).contains(entry("x-goog-api-key", Talk.KEY));
        assertThat(roles(body.path("contents"))).containsExactly("user", "model", "user");
        assertThat(body.at("/contents/1/parts/0/thoughtSignature").asText()).isEqualTo("sig");
        assertThat(body.at("/contents/1/parts/0/functionCall/args/path").asText())
            .isEqualTo("a.txt");
        assertThat(body.at("/contents/2/parts/1/functionResponse/response/error").asText())
            .isEqualTo("no such file");
        assertThat(body.at("/tools/0/functionDeclarations/1/name").asText()).isEqualTo("read");
      }
    }
    assertThat(sent.path()).doesNotContain(Talk.KEY);
    assertThat(sent.body()).doesNotContain(Talk.KEY);
  }

  private static List<String> roles(JsonNode messages) {
    var roles = new ArrayList<String>();
    messages.forEach(it -> roles.add(it.path("role").asText()));
    return roles;
  }
}
