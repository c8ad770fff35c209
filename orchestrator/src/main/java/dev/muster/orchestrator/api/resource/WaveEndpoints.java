package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.protocol.view.RunView.Wave;
import java.util.List;

/// The waves of a run, as a list of their own to filter and sort.
public final class WaveEndpoints {
  private final RunLookup lookup;

  public WaveEndpoints(RunLookup lookup) {
    this.lookup = lookup;
  }

  private final Listing<Wave> listing =
      new Listing<Wave>(wave -> Integer.toString(wave.wave()))
          .number("wave", Wave::wave)
          .field("name", Wave::name)
          .number("total", Wave::total)
          .number("completed", Wave::completed)
          .number("settled", Wave::settled)
          .flag("released", wave -> wave.releasedAt() != null)
          .flag("done", wave -> wave.settled() == wave.total())
          .field("launchedBy", Wave::launchedBy)
          .time("releasedAt", Wave::releasedAt)
          .time("settledAt", Wave::settledAt)
          .words(Wave::name)
          .sortedBy("wave");

  public List<Endpoint> all() {
    return List.of(get("/api/v1/runs/{run}/waves", this::list));
  }

  private Answer list(Call call) {
    return Answer.ok(listing.page(lookup.live(call.part("run")).waves(), call));
  }
}
