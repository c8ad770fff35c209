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
import dev.muster.orchestrator.api.exchange.TableListing;
import dev.muster.orchestrator.readside.table.Durations;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.readside.table.Tags;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.usecase.Effects;
import dev.muster.orchestrator.usecase.NewRun;
import dev.muster.orchestrator.usecase.RunDeletion;
import dev.muster.orchestrator.usecase.RunIds;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.RunPurge;
import dev.muster.orchestrator.usecase.RunResults;
import dev.muster.orchestrator.usecase.RunTexts;
import dev.muster.orchestrator.usecase.Steering;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Runs: creating, looking, and what an operator may do to them.
public final class RunEndpoints {
  private static final int WAVES_MAX = 1_000;
  private static final int DAYS_MAX = 36_500;

  private final Api api;
  private final RunLookup lookup;
  private final RunIds ids;
  private final Steering steering;
  private final RunResults results;
  private final RunDeletion deletion;
  private final RunPurge purge;

  public RunEndpoints(Api api, RunLookup lookup) {
    this.api = api;
    this.lookup = lookup;
    this.ids = new RunIds(api.clock(), api.random());
    this.steering =
        new Steering(
            api.runs(),
            lookup,
            new RunTexts(api.creator(), api.views(), lookup),
            new Effects(api.approvals(), lookup));
    this.results = new RunResults(api.results(), api.runs(), lookup);
    this.deletion = new RunDeletion(api.runs(), api.files(), api.database(), lookup);
    this.purge = new RunPurge(api.views(), deletion, api.clock());
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/runs", this::list).alsoScoped(),
        post("/api/v1/runs", this::create),
        post("/api/v1/runs/purge", this::purge),
        get("/api/v1/runs/{run}", this::one),
        delete("/api/v1/runs/{run}", this::remove),
        get("/api/v1/runs/{run}/disk", this::disk),
        post("/api/v1/runs/{run}/pause", call -> change(call, steering::pause)),
        post("/api/v1/runs/{run}/resume", call -> change(call, steering::resume)),
        post("/api/v1/runs/{run}/cancel", call -> change(call, steering::cancel)),
        post("/api/v1/runs/{run}/retry", this::retry),
        post("/api/v1/runs/{run}/tags", this::tag),
        post("/api/v1/runs/{run}/results", this::results),
        post("/api/v1/runs/{run}/waves/{wave}/launch", this::launch).needing(Permission.DECIDE));
  }

  /// Newest first.
  private Answer list(Call call) {
    var workforce = call.principal().workforce();
    var page =
        listing()
            .page(
                call,
                workforce == null ? List.of() : List.of(Condition.fixed("workforce", workforce)),
                api.views()::page);
    return Answer.ok(new Listing.Page<>(lookup.listed(page.items()), page.next()));
  }

  /// How long a run takes depends on when it is asked about.
  private TableListing listing() {
    return new TableListing()
        .id("id", "id")
        .state("state", RunPhase.class, "phase")
        .field("workforce", "workforce")
        .tag("tag")
        .time("startedAt", "started_at")
        .time("finishedAt", "finished_at")
        .seconds("durationSeconds", Durations.ofRun(api.clock().instant()))
        .sortedBy("-id");
  }

  private Answer one(Call call) {
    return withVersion(200, lookup.live(call.part("run")));
  }

  private Answer remove(Call call) {
    var run = lookup.begun(call.part("run"));
    checkVersion(call, run);
    return Answer.ok(deletion.delete(run));
  }

  private Answer purge(Call call) {
    var body = call.json();
    var days = body.number("olderThanDays", 30, 1, DAYS_MAX);
    var keep = body.number("keep", 0, 0, RunPurge.KEEP_MAX);
    var dryRun = body.flag("dryRun");
    body.check();
    return Answer.ok(purge.purge(Duration.ofDays(days), keep, dryRun));
  }

  private Answer disk(Call call) {
    return Answer.ok(api.files().disk(lookup.begun(call.part("run"))));
  }

  private Answer create(Call call) {
    var wanted =
        RunBody.wanted(
            call.json(),
            ids.forKey(call.header("idempotency-key"), call.parts().get(Call.FIRST_USE)),
            call.principal().name());
    if (wanted.approve() != ApprovalPolicy.NONE) {
      call.need(Permission.DECIDE, "a run that approves by itself");
      refuseWhereSeveralDecide(wanted.approve());
    }
    expectOpen(call, wanted);
    if (wanted.since() != null) lookup.existing(wanted.since());
    api.targets().expect(wanted.targetArtifact());
    api.creator().create(wanted);
    return withVersion(202, lookup.live(wanted.id()))
        .with("Location", "/api/v1/runs/" + wanted.id());
  }

  private void expectOpen(Call call, NewRun wanted) {
    var open = api.open();
    open.expect(call.principal(), "target", wanted.target());
    open.expect(call.principal(), "results", wanted.results());
    open.expect(call.principal(), "replay", wanted.replay());
    open.expect(call.principal(), "waves", RunBody.file(wanted.waves()));
  }

  private void refuseWhereSeveralDecide(ApprovalPolicy policy) {
    if (!api.rules().forbid(policy)) return;
    throw ProblemException.of(
        403,
        "several-must-approve",
        "expected approve none, since approvals.required wants several people to approve");
  }

  private interface Change {
    RunStatus apply(String run, List<String> workers, String by);
  }

  private Answer change(Call call, Change change) {
    var run = lookup.existing(call.part("run"));
    var body = call.json();
    var workers = body.texts("workers", 100);
    body.claimed("by");
    body.check();
    lookup.known(run, workers);
    checkVersion(call, run);
    return changed(run, change.apply(run, workers, call.principal().name()));
  }

  private Answer retry(Call call) {
    var run = lookup.existing(call.part("run"));
    var body = call.json();
    var workers = body.texts("workers", 100);
    var refresh = body.flag("refresh");
    body.claimed("by");
    body.check();
    lookup.known(run, workers);
    checkVersion(call, run);
    var by = call.principal().name();
    return changed(
        run, refresh ? steering.refresh(run, workers, by) : steering.retry(run, workers, by));
  }

  private Answer tag(Call call) {
    var run = lookup.existing(call.part("run"));
    var body = call.json();
    var add = RunBody.tags(body, "add");
    var remove = RunBody.tags(body, "remove");
    var settings = api.views().settings(run);
    var before = settings == null ? List.<String>of() : settings.tags();
    var now = Tags.changed(before, List.of(), remove);
    var problem = Tags.problem(Stream.concat(now.stream(), add.stream()).distinct().toList());
    if (problem != null) body.error("add", problem);
    if (add.isEmpty() && remove.isEmpty()) body.error("add", "expected a tag to add or remove");
    body.check();
    checkVersion(call, run);
    return changed(run, steering.tag(run, add, remove, call.principal().name()));
  }

  private Answer launch(Call call) {
    var run = lookup.existing(call.part("run"));
    var body = call.json();
    body.claimed("by");
    body.check();
    var by = call.principal().name();
    var wave = wave(run, call.part("wave"));
    checkVersion(call, run);
    return changed(run, steering.launch(run, wave, by));
  }

  private int wave(String run, String text) {
    if (text.matches("[0-9]{1,4}")) {
      var number = Integer.parseInt(text);
      var plan = api.views().outline(run);
      if (plan != null
          && number <= WAVES_MAX
          && plan.waves().stream().anyMatch(wave -> wave.number() == number)) return number;
    }
    throw ProblemException.of(404, "unknown-wave", "run " + run + " has no wave " + text);
  }

  private Answer results(Call call) {
    var run = lookup.existing(call.part("run"));
    var body = call.json();
    var to = RunBody.path(body, "to");
    body.check();
    api.open().expect(call.principal(), "to", to);
    return Answer.ok(WrittenResults.of(run, results.write(run, to)));
  }

  private Answer changed(String run, RunStatus status) {
    return withVersion(202, lookup.run(run).with(status)).with("Location", "/api/v1/runs/" + run);
  }

  private Answer withVersion(int status, RunView run) {
    return Answer.json(status, run).with("ETag", lookup.version(run.id()));
  }

  private void checkVersion(Call call, String run) {
    var wanted = call.header("if-match");
    if (wanted == null || wanted.strip().equals("*")) return;
    var version = lookup.version(run);
    if (!List.of(wanted.strip().split("\\s*,\\s*", 20)).contains(version)) {
      throw ProblemException.of(
          412,
          "changed-meanwhile",
          "expected %s as in If-Match, found %s: read the run again".formatted(wanted, version));
    }
  }
}
