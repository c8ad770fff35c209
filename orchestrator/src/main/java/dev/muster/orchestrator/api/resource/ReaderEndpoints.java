package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.journal.collection.CollectionTable;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.protocol.view.ReaderStanding;
import java.util.List;

/// The readers of the journal's tail: how far they have come, and building anew what they write.
/// And what the artifact store was rid of.
public final class ReaderEndpoints {
  private final Api api;

  public ReaderEndpoints(Api api) {
    this.api = api;
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/readers", _ -> Answer.ok(new Listing.Page<>(standings(), null)))
            .needing(Permission.ADMINISTER),
        get("/api/v1/collection", _ -> Answer.ok(new CollectionTable(api.database()).last()))
            .needing(Permission.ADMINISTER),
        get("/api/v1/webhooks", _ -> Answer.ok(new Listing.Page<>(api.webhooks().get(), null))),
        post("/api/v1/readers/{reader}/rebuild", this::rebuild).needing(Permission.ADMINISTER));
  }

  private List<ReaderStanding> standings() {
    return api.readSide().tail().standings();
  }

  private Answer rebuild(Call call) {
    var reader = call.part("reader");
    call.json().check();
    if (!api.readSide().tail().readers().contains(reader)) {
      throw ProblemException.of(
          404, "unknown-reader", "no reader is called that; GET /api/v1/readers lists them");
    }
    api.readSide().tail().rebuild(reader);
    var standing = standings().stream().filter(it -> it.reader().equals(reader)).findFirst();
    return Answer.json(202, standing.orElseThrow());
  }
}
