package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.TableListing;
import dev.muster.orchestrator.readside.table.GateViews;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.usecase.Approvals;
import dev.muster.orchestrator.usecase.BulkDecisions;
import dev.muster.orchestrator.usecase.Previews;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.SharedScopes;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.view.Approval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Approvals: looking, deciding, and asking.
public final class ApprovalEndpoints {
  private static final int TTL_SECONDS_MAX = 7 * 24 * 3_600;
  private static final int TEXT_CHARS = 100_000;

  /// Of one worker; an agent has no more turns than that to ask in.
  private static final int QUESTIONS_MAX = 1_000;

  private static final String OUTSIDE = ApprovalCommand.OUTSIDE;

  private final Api api;
  private final RunLookup lookup;
  private final Approvals approvals;
  private final Previews previews;
  private final TableListing listing =
      new TableListing()
          .field("id", "id")
          .state("state", Approval.State.class, "state")
          .field("run", "(CASE WHEN gate = '%s' THEN '' ELSE gate END)".formatted(OUTSIDE))
          .field("worker", "worker")
          .field("kind", "kind")
          .choice("risk", Risk.class, "risk")
          .flag("mayHaveRun", "may_have_run")
          .time("requestedAt", "requested_at")
          .time("deadline", "deadline")
          .number("wave", ofWorker("wave", "-1"))
          .field("node", ofWorker("node", "''"))
          .sortedBy("requestedAt");

  /// Of whoever asks; a program outside has none.
  private static String ofWorker(String column, String none) {
    return ("COALESCE((SELECT %s FROM worker WHERE worker.run = approval.gate"
            + " AND worker.id = approval.worker), %s)")
        .formatted(column, none);
  }

  public ApprovalEndpoints(Api api, RunLookup lookup) {
    this.api = api;
    this.lookup = lookup;
    this.previews =
        new Previews(api.results().artifacts(), new SharedScopes(api.views(), lookup)::of);
    this.approvals =
        new Approvals(
            api.approvals(), api.gates(), api.rules(), api.identities(), lookup, api.clock());
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/approvals", this::list).alsoScoped(),
        post("/api/v1/approvals", this::request).needing(Permission.ASK),
        get("/api/v1/approvals/selection", this::preview),
        post("/api/v1/approvals/selection/approve", call -> decideAll(call, Decision.APPROVED))
            .needing(Permission.DECIDE),
        post("/api/v1/approvals/selection/reject", call -> decideAll(call, Decision.REJECTED))
            .needing(Permission.DECIDE),
        get(
            "/api/v1/approvals/{approval}",
            call -> Answer.ok(approvals.find(call.part("approval")))),
        get(
            "/api/v1/approvals/{approval}/preview",
            call -> Answer.ok(previews.of(approvals.find(call.part("approval"))))),
        post("/api/v1/approvals/{approval}/approve", call -> decide(call, Decision.APPROVED))
            .needing(Permission.DECIDE),
        post("/api/v1/approvals/{approval}/reject", call -> decide(call, Decision.REJECTED))
            .needing(Permission.DECIDE),
        post("/api/v1/approvals/{approval}/consume", this::consume).needing(Permission.ASK),
        post("/api/v1/runs/{run}/workers/{worker}/answer", this::answer)
            .needing(Permission.DECIDE));
  }

  private Answer list(Call call) {
    var run = call.query("run");
    var fixed = new ArrayList<Condition>();
    if (run != null) {
      fixed.add(Condition.fixed("gate", gate(run)));
    }
    var workforce = call.principal().workforce();
    if (workforce != null) fixed.add(GateViews.ofWorkforce(workforce));
    return Answer.ok(listing.page(call, fixed, api.approvals()::page));
  }

  private Answer preview(Call call) {
    return Answer.ok(BulkDecisions.preview(waiting(call.query("run"), call.query("filter"))));
  }

  private Answer decideAll(Call call, Decision decision) {
    var body = call.json();
    var run = body.text("run", 200);
    var filter = body.text("filter", 1_000);
    var ids = body.texts("ids", 200);
    var digest = body.required("digest", 64);
    var reason =
        decision == Decision.REJECTED ? body.required("reason", 2_000) : body.text("reason", 2_000);
    if (ids.size() > BulkDecisions.AT_ONCE_MAX) {
      body.error("ids", "expected at most %d".formatted(BulkDecisions.AT_ONCE_MAX));
    }
    if (!ids.isEmpty() && (run != null || filter != null)) {
      body.error("ids", "expected either ids, or run and filter");
    }
    body.check();
    var why = reason == null ? "" : reason;
    var by = call.principal();
    var bulk = new BulkDecisions(approvals);
    return Answer.ok(
        ids.isEmpty()
            ? bulk.decide(waiting(run, filter), digest, decision, by, why)
            : bulk.decideCounted(ids, digest, decision, by, why));
  }

  private List<Approval> waiting(@Nullable String run, @Nullable String filter) {
    var fixed = new ArrayList<Condition>();
    fixed.add(Condition.fixed("state", Approval.State.PENDING.name()));
    if (run != null) fixed.add(Condition.fixed("gate", gate(run)));
    return listing.first(filter, fixed, BulkDecisions.AT_ONCE_MAX + 1, api.approvals()::page);
  }

  private String gate(String run) {
    return run.equals(OUTSIDE) ? run : lookup.existing(run);
  }

  private Answer decide(Call call, Decision decision) {
    var approval = approvals.find(call.part("approval"));
    var body = call.json();
    var digest = body.text("digest", 200);
    var reason =
        decision == Decision.REJECTED ? body.required("reason", 2_000) : body.text("reason", 2_000);
    body.claimed("by");
    body.check();
    var why = reason == null ? "" : reason;
    return Answer.ok(approvals.decide(approval, decision, call.principal(), why, digest));
  }

  private Answer answer(Call call) {
    var worker = lookup.worker(call.part("run"), call.part("worker")).id();
    var body = call.json();
    var text = body.required("answer", 2_000);
    var digest = body.text("digest", 64);
    body.check();
    var question = question(call.part("run"), worker, digest);
    return Answer.ok(approvals.answer(question, call.principal(), text, digest));
  }

  /// The one that waits, or else what was asked last: whoever comes late hears who answered it.
  private Approval question(String run, String worker, @Nullable String digest) {
    var asked = asked(run, worker);
    for (var it : asked) if (it.pending()) return it;
    for (var it : asked) if (digest == null || it.digest().equals(digest)) return it;
    throw Refusal.conflict(
        "no-question",
        "expected a worker that waits for an answer, but " + worker + " asks nothing");
  }

  /// The newest first.
  private List<Approval> asked(String run, String worker) {
    var fixed =
        List.of(
            Condition.fixed("gate", run),
            Condition.fixed("worker", worker),
            Condition.fixed("kind", Enquiries.QUESTION));
    return listing.first(null, fixed, QUESTIONS_MAX, api.approvals()::page).reversed();
  }

  private Answer consume(Call call) {
    var approval = approvals.find(call.part("approval"));
    var body = call.json();
    body.claimed("by");
    body.check();
    return Answer.ok(approvals.consume(approval, call.principal()));
  }

  private Answer request(Call call) {
    var body = call.json();
    var caller = body.required("caller", 100);
    var kind = body.required("kind", 100);
    var consequence = body.required("consequence", 2_000);
    var script = body.text("script", TEXT_CHARS);
    var targets = body.texts("targets", 4_096);
    var digest = body.text("digest", 200);
    var risk = body.choice("risk", Risk.class);
    var ttlSeconds = body.number("ttlSeconds", 0, 1, TTL_SECONDS_MAX);
    body.check();
    var wish =
        new Approvals.Wish(
            caller, kind, risk, consequence, script == null ? "" : script, targets, digest);
    var wait = ttlSeconds == 0 ? null : Duration.ofSeconds(ttlSeconds);
    var view = approvals.request(wish, wait, call.principal());
    return Answer.json(202, view).with("Location", "/api/v1/approvals/" + view.id());
  }
}
