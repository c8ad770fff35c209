package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.RunTexts;
import dev.muster.protocol.view.TextChanges;
import java.util.List;

/// What has changed in a run's folder since the run took its texts, and what a retry that takes the
/// new ones would run again.
public final class TextEndpoints {
  private final RunTexts texts;
  private final RunLookup lookup;

  public TextEndpoints(Api api, RunLookup lookup) {
    this.texts = new RunTexts(api.creator(), api.views(), lookup);
    this.lookup = lookup;
  }

  public List<Endpoint> all() {
    return List.of(get("/api/v1/runs/{run}/changes", this::changes));
  }

  private Answer changes(Call call) {
    var run = lookup.existing(call.part("run"));
    var found = texts.changes(run);
    var items =
        found.changed().stream()
            .map(it -> new TextChanges.Changed(it.text().id(), it.file()))
            .toList();
    var rests = texts.restingOn(run, items.stream().map(TextChanges.Changed::worker).toList());
    return Answer.ok(new TextChanges(run, items, rests, found.refusals(List.of())));
  }
}
