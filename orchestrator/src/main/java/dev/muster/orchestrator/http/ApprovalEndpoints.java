package dev.muster.orchestrator.http;

import static dev.muster.orchestrator.http.Endpoint.get;
import static dev.muster.orchestrator.http.Endpoint.post;

import dev.muster.orchestrator.approval.ApprovalIds;
import dev.muster.orchestrator.approval.OutsideDigest;
import dev.muster.orchestrator.identity.Permission;
import dev.muster.orchestrator.readside.GateViews;
import dev.muster.orchestrator.readside.Selection.Condition;
import dev.muster.orchestrator.view.Approval;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.instruction.Risk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Approvals: looking, deciding, and asking on behalf of a program that is no worker.
final class ApprovalEndpoints {
  private static final int TTL_SECONDS_MAX = 7 * 24 * 3_600;
  private static final int TEXT_CHARS = 100_000;
  private static final String OUTSIDE = ApprovalCommand.OUTSIDE;

  private final Api api;
  private final RunLookup lookup;
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
          .sortedBy("requestedAt");

  ApprovalEndpoints(Api api, RunLookup lookup) {
    this.api = api;
    this.lookup = lookup;
  }

  List<Endpoint> all() {
    return List.of(
        get("/api/v1/approvals", this::list).alsoScoped(),
        post("/api/v1/approvals", this::request).needing(Permission.ASK),
        get("/api/v1/approvals/{approval}", call -> Answer.ok(find(call.part("approval")))),
        post("/api/v1/approvals/{approval}/approve", call -> decide(call, Decision.APPROVED))
            .needing(Permission.DECIDE),
        post("/api/v1/approvals/{approval}/reject", call -> decide(call, Decision.REJECTED))
            .needing(Permission.DECIDE),
        post("/api/v1/approvals/{approval}/consume", this::consume).needing(Permission.ASK));
  }

  private Answer list(Call call) {
    var run = call.query("run");
    var fixed = new ArrayList<Condition>();
    if (run != null) {
      var gate = run.equals(OUTSIDE) ? run : lookup.existing(run);
      fixed.add(Condition.fixed("gate", gate));
    }
    var workforce = call.principal().workforce();
    if (workforce != null) fixed.add(GateViews.ofWorkforce(workforce));
    return Answer.ok(listing.page(call, fixed, api.approvals()::page));
  }

  private Approval find(String id) {
    var gate = ApprovalIds.gateOf(id);
    var found = gate == null ? null : api.approvals().find(gate, id);
    if (found == null) throw unknown(id);
    return found;
  }

  static ProblemException unknown(String id) {
    return ProblemException.of(
        404,
        "unknown-approval",
        "no approval is called " + RunLookup.shown(id) + "; GET /api/v1/approvals lists them");
  }

  private Answer decide(Call call, Decision decision) {
    var approval = find(call.part("approval"));
    var body = call.json();
    var digest = body.text("digest", 200);
    var reason =
        decision == Decision.REJECTED ? body.required("reason", 2_000) : body.text("reason", 2_000);
    body.claimed("by");
    body.check();
    if (digest != null && !digest.equals(approval.digest())) {
      throw ProblemException.of(
          409,
          "digest-mismatch",
          "expected digest %s, found %s: look at the operation again before you decide"
              .formatted(approval.digest(), digest));
    }
    refuseWhereTheRunHasEnded(approval);
    refuseOtherDecision(approval, decision);
    if (decision == Decision.APPROVED) refuseOwnQuestion(call, approval);
    var people = api.rules().peopleFor(approval.kind(), approval.risk());
    var gate = ApprovalIds.gateOf(approval.id());
    if (gate == null) throw new IllegalStateException(approval.id() + " names no gate");
    return Answer.ok(
        Approval.of(
            Await.answer(
                api.gates()
                    .decide(
                        gate,
                        approval.id(),
                        decision,
                        call.principal(),
                        people,
                        reason == null ? "" : reason,
                        approval.digest()))));
  }

  private static People.Caller caller(Call call) {
    return new People.Caller(call.principal().name(), call.principal().person());
  }

  /// Who asks is never who approves.
  private void refuseOwnQuestion(Call call, Approval approval) {
    var person = approval.askedPerson();
    if (person == null || !api.rules().isOwnQuestion(call.principal(), person)) return;
    throw ProblemException.of(
        403,
        "own-question",
        "expected somebody else to approve it, since %s asked it"
            .formatted(call.principal().name()));
  }

  /// What the caller does next is what was approved: the next time needs another decision.
  private Answer consume(Call call) {
    var approval = find(call.part("approval"));
    var body = call.json();
    body.claimed("by");
    body.check();
    var run = approval.run();
    if (run != null) {
      throw ProblemException.of(
          409,
          "not-outside",
          "expected an approval of an outside caller, but %s belongs to %s of %s, which uses it up"
              .formatted(approval.id(), approval.worker(), run));
    }
    var who = call.principal().name();
    return Answer.ok(Approval.of(Await.answer(api.gates().consume(approval.id(), who))));
  }

  /// Its gate may not have heard yet that there is nothing left to decide.
  private void refuseWhereTheRunHasEnded(Approval approval) {
    var run = approval.run();
    if (run == null || approval.state() != Approval.State.PENDING) return;
    var state = lookup.run(run).state();
    if (!state.finished()) return;
    throw ProblemException.of(
        409,
        "already-closed",
        "expected an approval that somebody waits for, but its run %s is %s".formatted(run, state));
  }

  /// Says what it was decided already, or that it is too late, in the code, too.
  private void refuseOtherDecision(Approval approval, Decision decision) {
    var late = !approval.deadline().isAfter(api.clock().instant());
    var state =
        approval.state() == Approval.State.PENDING && late
            ? Approval.State.EXPIRED
            : approval.state();
    if (state == Approval.State.PENDING || state.name().equals(decision.name())) return;
    throw ProblemException.of(
        409,
        "already-" + state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "expected an approval that waits for a decision, but %s is %s"
            .formatted(approval.id(), state));
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
    var text = script == null ? "" : script;
    var worst = risk == null ? Risk.ADMIN : risk;
    var operation =
        new OperationRequest(
            caller,
            0,
            OutsideDigest.of(caller, kind, worst, consequence, text, targets, digest),
            0,
            kind,
            worst,
            consequence,
            text,
            targets,
            false,
            "",
            null);
    var wait = ttlSeconds == 0 ? null : Duration.ofSeconds(ttlSeconds);
    var view = Approval.of(Await.answer(api.gates().request(operation, wait, caller(call))));
    return Answer.json(202, view).with("Location", "/api/v1/approvals/" + view.id());
  }
}
