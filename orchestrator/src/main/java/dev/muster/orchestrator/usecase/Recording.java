package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.agent.Cassette;
import dev.muster.protocol.agent.Cassette.Exchange;
import dev.muster.protocol.text.SecretForms;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Makes a cassette of what the agents of a run were answered. Every turn is kept anyway, so that a
/// run need not know beforehand that somebody will want one. What a worker wrote of a secret into a
/// file, a model may have read and repeated: so what the store of secrets holds, and what the
/// settings name by `env:` and `file:`, is taken out here.
///
/// @param secrets what no cassette may hold
public record Recording(JournalReader journal, Conversations conversations, SecretForms secrets) {
  /// @param asking those of its workers that asked a model, in the order of the plan
  /// @throws Refusal when there is nothing to keep, or too much
  public Cassette of(String run, String workforce, List<String> asking) {
    var exchanges = new ArrayList<Exchange>();
    for (var worker : asking) {
      for (var head : heads(run, worker)) {
        for (var exchange : conversations.exchanges(worker, head)) {
          exchanges.add(exchange.without(secrets));
        }
      }
      if (exchanges.size() > Cassette.EXCHANGES_MAX) {
        throw Refusal.unusable(
            "too-much-to-record",
            "%s has more than %d exchanges, which no cassette holds"
                .formatted(run, Cassette.EXCHANGES_MAX));
      }
    }
    if (exchanges.isEmpty()) {
      throw Refusal.unusable(
          "nothing-to-record", "No model was asked in " + run + ", so there is nothing to record.");
    }
    var models = exchanges.stream().map(Exchange::model).distinct().sorted();
    return new Cassette(
        "a run of %s, answered by %s"
            .formatted(workforce, models.collect(Collectors.joining(", "))),
        exchanges);
  }

  /// The newest step of each of its conversations.
  private List<String> heads(String run, String worker) {
    var heads = new ArrayList<String>();
    journal.eachOf(
        Origin.worker(run, worker),
        row -> {
          if (!(row.event() instanceof AgentStepped(_, _, var step, _))) return;
          if (step.kind() != AgentStep.Kind.BEGUN && !heads.isEmpty()) heads.removeLast();
          heads.add(step.record());
        });
    return heads;
  }
}
