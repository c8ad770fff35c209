package dev.muster.node.models.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelFailure.BadAnswer;
import dev.muster.node.models.ModelFailure.Cut;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelReply;
import dev.muster.node.models.ModelRequest;
import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Protocol;
import dev.muster.testkit.model.Turn;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
  private static final ModelRequest HI = ModelRequest.of("Hi.");

  private final ModelServer server = ModelServer.open();

  @AfterEach
  void close() {
    server.close();
  }

  private Talk talk(Protocol protocol) {
    return new Talk(server, protocol, true);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void halfAStreamIsNoAnswer(Protocol protocol) {
    server.script(new Turn.Half("The file is wri"), new Turn.Cut("The file is wri"));

    assertThat(talk(protocol).failure(HI)).isInstanceOf(Cut.class);
    // A reset may overtake what was sent before it.
    assertThat(talk(protocol).failure(HI))
        .isInstanceOfAny(Cut.class, ModelFailure.Unreachable.class);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void twoMegabytesAreTooMuchWhereOneIsAllowedAndFineWhereThreeAre(Protocol protocol) {
    server.script(new Turn.Big(2_000_000), new Turn.Big(2_000_000));

    assertThat(talk(protocol).failure(HI).sentence())
        .isEqualTo("bad answer: expected at most 1,048,576 bytes, found more");
    var wide = HI.with(new ModelLimits(3_000_000, Duration.ofMinutes(1)));
    assertThat(talk(protocol).answer(wide).text()).hasSize(2_000_000);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void garbageIsABadAnswer(Protocol protocol) {
    server.script(
        new Turn.Garbage("text/html", "<html>Please log in</html>"),
        new Turn.Garbage("application/json", "{\"hello\":\"world\"}"),
        new Turn.Garbage("text/event-stream", "data: {\"half\":\n\n"),
        new Turn.Garbage("application/json", "{\"a\":".repeat(5_000)),
        new Turn.Garbage("application/json", ""));

    assertThat(talk(protocol).failure(HI).sentence())
        .isEqualTo("bad answer: expected a JSON object, found `<html>Please log in</html>`");
    for (var i = 0; i < 4; i++)
      assertThat(talk(protocol).failure(HI)).isInstanceOf(BadAnswer.class);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anAnswerThatSaysNothingIsABadOne(Protocol protocol) {
    server.script(Turn.say(""));

    assertThat(talk(protocol).failure(HI).sentence())
        .isEqualTo("bad answer: expected text or a tool call, found neither");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aBreakdownInTheMiddleIsNoAnswer(Protocol protocol) {
    server.script(new Turn.Breakdown("Well, ", "overloaded_error", "Overloaded"));

    assertThat(talk(protocol).failure(HI)).isInstanceOf(ModelFailure.Unreachable.class);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void silenceEndsWithTheTimeLimit(Protocol protocol) {
    server.script(new Turn.Silence());
    var brief = HI.with(new ModelLimits(1_000, Duration.ofMillis(300)));

    assertThat(talk(protocol).failure(brief))
        .isInstanceOfAny(Cut.class, ModelFailure.Unreachable.class);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void cancellingEndsTheConnection(Protocol protocol) throws Exception {
    server.script(new Turn.Silence());
    var call = talk(protocol).model().begin(HI, Talk.tuning(), ModelEvents.NOBODY);
    Awaitility.await().until(() -> server.received().size() == 1);

    call.cancel();

    var reply = call.reply().toCompletableFuture().get(5, TimeUnit.SECONDS);
    assertThat(reply).isInstanceOf(ModelReply.Failed.class);
    assertThat(((ModelReply.Failed) reply).failure()).isInstanceOf(ModelFailure.Cancelled.class);
    Awaitility.await().until(() -> server.inFlight() == 0);
  }

  @Test
  void nobodyThereIsUnreachable() {
    var talk = talk(Protocol.OPENAI);
    server.close();

    assertThat(talk.failure(HI)).isInstanceOf(ModelFailure.Unreachable.class);
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.script(
        new Turn.Status(302, Map.of("Location", "http://127.0.0.1:1/elsewhere"), ""),
        Turn.say("never asked"));

    assertThat(talk(Protocol.OPENAI).failure(HI)).isInstanceOf(ModelFailure.Rejected.class);
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void aKeyThatIsEchoedIsNotRepeated() {
    server.script(
        Turn.status(401, "{\"error\":{\"message\":\"Incorrect key: " + Talk.KEY + "\"}}"),
        new Turn.Garbage("text/plain", "Bearer " + Talk.KEY),
        Turn.say("Your key is " + Talk.KEY));
    var talk = talk(Protocol.OPENAI);

    var refused = talk.failure(HI);
    assertThat(refused).isInstanceOf(ModelFailure.Auth.class);
    assertThat(refused.sentence()).isEqualTo("not let in: answered 401 `Incorrect key: ***`");
    assertThat(talk.failure(HI).sentence()).doesNotContain(Talk.KEY).contains("***");
    assertThat(new Talk(server, Protocol.OPENAI, false).answer(HI).text())
        .isEqualTo("Your key is ***");
  }

  /// A client quotes a first line that it cannot read.
  @Test
  void aKeyInWhatIsNoHttpIsNotRepeated() throws Exception {
    try (var server = NoHttp.saying("Bearer " + Talk.KEY + "x".repeat(5_000))) {
      var failure = new Talk(server.url(), Protocol.OPENAI, true).failure(HI);

      assertThat(failure).isInstanceOf(ModelFailure.Unreachable.class);
      assertThat(failure.sentence()).contains("Bearer ***").hasSizeLessThan(400);
    }
  }

  /// Whatever it is cut into, and whatever form it has.
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void noAnswerHoldsTheKey(Protocol protocol) throws Exception {
    var base64 = Base64.getEncoder().encodeToString(("user:" + Talk.KEY).getBytes(UTF_8));
    var hex = HexFormat.of().formatHex(Talk.KEY.getBytes(UTF_8));
    server.script(
        Turn.say(Talk.KEY + " Basic " + base64),
        Turn.call("write", new ObjectMapper().writeValueAsString(Map.of("a", Talk.KEY, "b", hex))));
    var talk = talk(protocol);

    assertThat(talk.answer(HI).text()).startsWith("*** Basic ").doesNotContain(base64);
    assertThat(talk.answer(HI).calls())
        .singleElement()
        .satisfies(it -> assertThat(it.arguments()).contains("***").doesNotContain(Talk.KEY, hex));
  }
}
