package dev.muster.node.models.cassette;

import dev.muster.node.models.Message;
import dev.muster.node.models.ModelAnswer;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelPort;
import dev.muster.node.models.ModelReply;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.RequestDigest;
import dev.muster.node.models.ToolCall;
import dev.muster.node.models.Tuning;
import dev.muster.node.models.Usage;
import dev.muster.protocol.agent.Cassette;
import dev.muster.protocol.agent.Cassette.Exchange;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Answers what is on the tape, and nothing else. It reaches no network.
final class CassettePort implements ModelPort {
  private static final int DIGEST_SHOWN = 12;

  private final String label;
  private final Map<String, Exchange> byRequest = new HashMap<>();

  CassettePort(Cassette cassette) {
    this.label = cassette.label();
    // Asked the same twice, whoever was recorded first is heard again.
    cassette.exchanges().forEach(it -> byRequest.putIfAbsent(it.request(), it));
  }

  @Override
  public Call begin(ModelRequest request, Tuning tuning, ModelEvents events) {
    var found = byRequest.get(RequestDigest.of(request));
    return new Known(found == null ? missing(request) : new ModelReply.Answered(answer(found)));
  }

  private ModelReply missing(ModelRequest request) {
    var turns = request.messages().stream().filter(it -> !isResult(it)).count();
    return new ModelReply.Failed(
        new ModelFailure.Rejected(
            "the cassette has no answer to message %d of the conversation (request %s…): instruction,"
                    .formatted(turns, RequestDigest.of(request).substring(0, DIGEST_SHOWN))
                + " prompt, role, inputs or what a tool printed differ from when it was recorded ("
                + label
                + "). Set up a model, or record it anew with `muster run --record`"));
  }

  private static boolean isResult(Message message) {
    return message instanceof Message.ToolResult;
  }

  private static ModelAnswer answer(Exchange exchange) {
    return new ModelAnswer(
        exchange.text(),
        exchange.calls().stream()
            .map(it -> new ToolCall(it.id(), it.name(), it.arguments(), it.problem(), it.mark()))
            .toList(),
        Usage.of(exchange.tokensIn(), exchange.tokensOut(), exchange.tokensCached()),
        finish(exchange));
  }

  private static ModelAnswer.Finish finish(Exchange exchange) {
    if (exchange.cut()) return ModelAnswer.Finish.LENGTH;
    return exchange.calls().isEmpty() ? ModelAnswer.Finish.STOP : ModelAnswer.Finish.TOOL_CALLS;
  }

  private record Known(ModelReply known) implements Call {
    @Override
    public CompletionStage<ModelReply> reply() {
      return CompletableFuture.completedStage(known);
    }

    @Override
    public void cancel() {}
  }
}
