package dev.muster.node.models.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.Message;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.RequestDigest;
import dev.muster.node.models.ToolCall;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.models.pool.PoolReply;
import dev.muster.protocol.agent.Cassette;
import dev.muster.protocol.agent.Cassette.Exchange;
import dev.muster.protocol.agent.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final ToolSpec READ = new ToolSpec("read", "Reads.", "{}");
  private static final ModelRequest FIRST = request(new Message.User("Count."));
  private static final Cassette TAPE =
      new Cassette(
          "ours",
          List.of(
              new Exchange(
                  RequestDigest.of(FIRST),
                  "WORKER_001",
                  1,
                  "gpt-test",
                  "",
                  List.of(new Entry.Call("c1", "read", "{\"path\":\"a\"}", null, null)),
                  false,
                  11,
                  7,
                  4)));

  @Test
  void aQuestionThatWasRecordedIsAnsweredAsItWasThen() {
    assertThat(ask(FIRST))
        .isInstanceOfSatisfying(
            PoolReply.Answered.class,
            it -> {
              assertThat(it.answer().calls())
                  .containsExactly(ToolCall.of("c1", "read", "{\"path\":\"a\"}"));
              assertThat(it.provider()).isEqualTo(Replay.NAME);
              assertThat(it.model()).isEqualTo("gpt-test");
              assertThat(it.costMicros()).isNull();
              assertThat(it.answer().usage().total()).isEqualTo(18);
            });
  }

  @Test
  void anotherQuestionIsRefusedInWords() {
    assertThat(ask(request(new Message.User("Count again."))))
        .isInstanceOfSatisfying(
            PoolReply.Failed.class,
            it ->
                assertThat(it.failures().getFirst().failure())
                    .isInstanceOf(ModelFailure.Rejected.class)
                    .extracting(ModelFailure::words)
                    .asString()
                    .contains("the cassette has no answer to message 1", "(ours)", "--record"));
  }

  @Test
  void theDigestKnowsWhatWasAskedAndNothingElse() {
    var other =
        new ModelRequest(
            "Be short.",
            List.of(new Message.User("Count.")),
            List.of(new ToolSpec("read", "Reads a file, in other words.", "{}")),
            null,
            new ModelLimits(10, Duration.ofSeconds(1)));

    assertThat(RequestDigest.of(other)).isEqualTo(RequestDigest.of(FIRST));
    assertThat(RequestDigest.of(request(new Message.User("Count.")).withTools(List.of())))
        .isNotEqualTo(RequestDigest.of(FIRST));
    assertThat(RequestDigest.of(request(new Message.User("Count"), new Message.User("."))))
        .isNotEqualTo(RequestDigest.of(FIRST));
  }

  private static ModelRequest request(Message... messages) {
    return new ModelRequest(
        "Be short.", List.of(messages), List.of(READ), null, ModelLimits.STANDARD);
  }

  private static PoolReply ask(ModelRequest request) {
    var pool = Replay.of(TAPE, InstantSource.fixed(Instant.EPOCH));
    var profiles = List.copyOf(pool.settings().profiles().values());
    return pool.begin(profiles, request, "somebody", ModelEvents.NOBODY)
        .reply()
        .toCompletableFuture()
        .join();
  }
}
