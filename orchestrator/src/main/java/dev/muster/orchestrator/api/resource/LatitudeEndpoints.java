package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.delete;
import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.usecase.Approvals;
import dev.muster.orchestrator.usecase.Effects;
import dev.muster.orchestrator.usecase.Latitude;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.RunTexts;
import dev.muster.orchestrator.usecase.Steering;
import dev.muster.protocol.view.BypassView;
import java.time.Duration;
import java.util.List;

/// More time for a decision, asking anew, and what is let pass for a while.
public final class LatitudeEndpoints {
  private static final int EXTEND_MINUTES_MAX = 7 * 24 * 60;
  private static final int BYPASS_MINUTES_MAX = 8 * 60;
  private static final int MINUTES_DEFAULT = 60;
  private static final String KIND = "[a-z][a-z0-9_]{0,99}";

  private final RunLookup lookup;
  private final Approvals approvals;
  private final Latitude latitude;

  public LatitudeEndpoints(Api api, RunLookup lookup) {
    this.lookup = lookup;
    this.approvals =
        new Approvals(
            api.approvals(), api.gates(), api.rules(), api.identities(), lookup, api.clock());
    var steering =
        new Steering(
            api.runs(),
            lookup,
            new RunTexts(api.creator(), api.views(), lookup),
            new Effects(api.approvals(), lookup));
    this.latitude = new Latitude(api.gates(), api.rules(), lookup, steering);
  }

  public List<Endpoint> all() {
    return List.of(
        post("/api/v1/approvals/{approval}/extend", this::extend).needing(Permission.DECIDE),
        post("/api/v1/approvals/{approval}/reopen", this::reopen),
        get("/api/v1/runs/{run}/bypasses", this::list),
        post("/api/v1/runs/{run}/bypasses", this::open).needing(Permission.DECIDE),
        delete("/api/v1/runs/{run}/bypasses/{kind}", this::revoke).needing(Permission.DECIDE));
  }

  private Answer extend(Call call) {
    var approval = approvals.find(call.part("approval"));
    var body = call.json();
    var minutes = body.number("minutes", MINUTES_DEFAULT, 1, EXTEND_MINUTES_MAX);
    body.check();
    return Answer.ok(latitude.extend(approval, Duration.ofMinutes(minutes), call.principal()));
  }

  private Answer reopen(Call call) {
    var approval = approvals.find(call.part("approval"));
    call.json().check();
    var run = String.valueOf(approval.run());
    var status = latitude.reopen(approval, call.principal());
    return Answer.json(202, lookup.run(run).with(status))
        .with("Location", "/api/v1/runs/" + run)
        .with("ETag", lookup.version(run));
  }

  private Answer list(Call call) {
    var run = lookup.existing(call.part("run"));
    return Answer.ok(BypassView.All.of(run, latitude.bypasses(run)));
  }

  private Answer open(Call call) {
    var run = lookup.existing(call.part("run"));
    var body = call.json();
    var kind = body.required("kind", 100);
    var minutes = body.number("minutes", MINUTES_DEFAULT, 1, BYPASS_MINUTES_MAX);
    var reason = body.required("reason", 2_000);
    if (!kind.isEmpty() && !kind.matches(KIND)) {
      body.error("kind", "expected a kind of operation, such as file_write");
    }
    body.check();
    return Answer.ok(
        BypassView.All.of(
            run,
            latitude.bypass(run, kind, Duration.ofMinutes(minutes), call.principal(), reason)));
  }

  private Answer revoke(Call call) {
    var run = lookup.existing(call.part("run"));
    var kind = call.part("kind");
    if (latitude.bypasses(run).items().stream().noneMatch(it -> it.kind().equals(kind))) {
      throw ProblemException.of(
          404, "unknown-bypass", "run " + run + " lets no such kind pass; GET lists them");
    }
    return Answer.ok(
        BypassView.All.of(
            run, latitude.bypass(run, kind, Duration.ZERO, call.principal(), "revoked")));
  }
}
