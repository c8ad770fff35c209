package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.delete;
import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.secret.SecretStore;
import dev.muster.protocol.instruction.SecretNames;
import dev.muster.protocol.view.SecretView;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Values that operations are given by name. They go in, and never come out here.
public final class SecretEndpoints {
  private final SecretStore store;
  private final Listing<SecretView> listing =
      new Listing<>(SecretView::name)
          .field("name", SecretView::name)
          .time("setAt", SecretView::setAt)
          .words(SecretView::name)
          .sortedBy("name");

  public SecretEndpoints(Api api) {
    this.store = api.secrets();
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/secrets", call -> Answer.ok(listing.page(usable(store::all), call)))
            .needing(Permission.ADMINISTER),
        post("/api/v1/secrets", this::set).needing(Permission.ADMINISTER),
        delete("/api/v1/secrets/{secret}", this::remove).needing(Permission.ADMINISTER));
  }

  private Answer set(Call call) {
    var body = call.json();
    var name = body.required("name", 64);
    var value = body.required("value", SecretStore.VALUE_BYTES_MAX);
    if (!name.isEmpty() && !SecretNames.isName(name)) {
      body.error(
          "name",
          "expected capital letters, digits and _, and no name that says how scripts are run");
    }
    var no = value.isEmpty() ? null : SecretStore.refusal(value);
    if (no != null) body.error("value", "expected " + no);
    body.check();
    usable(() -> {
      store.set(name, value, call.principal().name());
      return true;
    });
    return Answer.ok(Map.of("name", name));
  }

  private Answer remove(Call call) {
    var name = call.part("secret");
    if (usable(() -> store.delete(name))) return Answer.ok(Map.of("name", name));
    throw ProblemException.of(
        404, "unknown-secret", "no secret has that name; GET /api/v1/secrets lists them");
  }

  private static <T> T usable(Supplier<T> work) {
    try {
      return work.get();
    } catch (SecretStore.Unusable e) {
      throw ProblemException.of(409, "secrets-unusable", String.valueOf(e.getMessage()));
    }
  }
}
