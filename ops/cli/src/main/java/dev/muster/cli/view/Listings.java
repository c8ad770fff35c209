package dev.muster.cli.view;

import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.Text;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.AuditView;
import dev.muster.protocol.view.BypassView;
import dev.muster.protocol.view.ModelSpend;
import dev.muster.protocol.view.NodeView;
import dev.muster.protocol.view.PolicyView;
import dev.muster.protocol.view.ReaderStanding;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.SecretView;
import dev.muster.protocol.view.TokenView;
import dev.muster.protocol.view.UserView;
import dev.muster.protocol.view.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The columns of every list.
public final class Listings {
  private Listings() {}

  /// Of runs as a list has them, which asks no supervisor whether it is there.
  ///
  /// @param carried a node is there that works on the open ones
  /// @param disk what a run takes up; asked only for what is shown
  public static Listing<RunView> runs(boolean carried, Function<RunView, String> disk) {
    return runs(carried ? RunView::outcome : RunView::standing).wide("DISK", disk);
  }

  /// Of runs that were asked for one by one.
  public static Listing<RunView> runs() {
    return runs(RunView::standing);
  }

  private static Listing<RunView> runs(Function<RunView, String> state) {
    return new Listing<RunView>(RunView::id)
        .column("RUN", 0, RunView::id)
        .text("WORKFORCE", 1, RunView::workforce)
        .text("STATE", 0, state)
        .column(
            "DONE",
            0,
            run ->
                run.workers().settled()
                    + "/"
                    + (run.workers().total() + run.scope().leftOut().total()))
        .column("FAILED", 2, run -> Integer.toString(run.workers().failed()))
        .column("HELD", 4, run -> Integer.toString(run.workers().held()))
        .column("STARTED", 5, run -> time(run.startedAt()))
        .column("TOOK", 3, run -> Text.seconds(run.tookSeconds()))
        .wide("STARTED BY", run -> orEmpty(run.startedBy()))
        .wide("RESUMED", run -> Integer.toString(run.resumes()))
        .wide("TAGS", run -> String.join(" ", run.settings().tags()))
        .wide("TARGET", run -> run.settings().target())
        .wide("RESULTS", run -> run.settings().results());
  }

  public static Listing<WorkerView> workers() {
    return workers(WorkerView::id);
  }

  /// Each sub-worker below whoever asked for it.
  public static Listing<WorkerView> workersAsTree() {
    return workers(worker -> WorkerTree.shown(worker.id()));
  }

  private static Listing<WorkerView> workers(Function<WorkerView, String> named) {
    return new Listing<WorkerView>(WorkerView::id)
        .column("WORKER", 0, named)
        .column("WAVE", 5, worker -> Integer.toString(worker.wave()))
        .text("STATE", 0, WorkerView::verdict)
        .column("TRY", 6, worker -> Integer.toString(worker.attempt()))
        .column("TOOK", 4, Listings::took)
        .wide("NODE", worker -> orEmpty(worker.node()))
        .wide("INTERRUPTED", worker -> Integer.toString(worker.interruptions()))
        .wide("TURNS", worker -> models(worker, ModelSpend::turns))
        .wide("TOKENS", worker -> models(worker, it -> it.tokensIn() + it.tokensOut()))
        .wide("WAITS FOR", worker -> String.join(" ", worker.dependencies()))
        .text("TITLE", 3, worker -> orEmpty(worker.title()))
        .text("DETAIL", 0, worker -> orEmpty(worker.detail()));
  }

  public static Listing<BypassView> bypasses() {
    return new Listing<BypassView>(BypassView::kind)
        .text("KIND", 0, BypassView::kind)
        .column("UNTIL", 0, it -> Text.time(it.until()))
        .text("BY", 0, BypassView::by)
        .text("WHY", 1, BypassView::reason);
  }

  public static Listing<PolicyView> policies() {
    return new Listing<PolicyView>(PolicyView::name)
        .text("KIND", 0, PolicyView::name)
        .text("TAKES", 0, it -> it.words().isEmpty() ? "anybody who may decide" : it.words())
        .column(
            "WAITS",
            1,
            it -> it.expirySeconds() == null ? "as its run" : Text.seconds(it.expirySeconds()))
        .text("THEN", 2, Listings::then);
  }

  private static String then(PolicyView policy) {
    return switch (policy.then()) {
      case EXPIRE -> "it expires";
      case HOLD -> "it goes on waiting";
      case ESCALATE ->
          String.join(" or ", policy.escalateTo())
              + " besides, for "
              + Text.seconds(policy.escalateForSeconds());
    };
  }

  public static Listing<AuditView> audit() {
    return new Listing<AuditView>(entry -> Long.toString(entry.seq()))
        .column("SEQ", 3, entry -> Long.toString(entry.seq()))
        .column("AT", 1, Listings::at)
        .column("KIND", 2, entry -> said(entry, "kind"))
        .text("WHO", 0, entry -> said(entry, "who"))
        .text("ACTION", 0, entry -> said(entry, "action"))
        .text("OUTCOME", 0, entry -> said(entry, "outcome"))
        .wide("TIMES", entry -> said(entry, "times"))
        .wide("FROM", entry -> said(entry, "peer"))
        .wide("DETAIL", entry -> said(entry, "detail"))
        .wide("HASH", AuditView::hash);
  }

  private static String at(AuditView entry) {
    var at = entry.entry().get("at");
    return at == null ? "" : time(Json.as(at, Instant.class));
  }

  private static String said(AuditView entry, String field) {
    return entry.entry().path(field).asText("");
  }

  public static Listing<ReaderStanding> readers() {
    return new Listing<ReaderStanding>(ReaderStanding::reader)
        .column("READER", 0, ReaderStanding::reader)
        .column("SEQ", 1, reader -> Long.toString(reader.seq()))
        .column("BEHIND", 2, reader -> Long.toString(reader.behind()))
        .text("PROBLEM", 3, reader -> orEmpty(reader.problem()));
  }

  public static Listing<SecretView> secrets() {
    return new Listing<SecretView>(SecretView::name)
        .column("SECRET", 0, SecretView::name)
        .column("SET", 1, secret -> time(secret.setAt()))
        .text("BY", 2, secret -> orEmpty(secret.setBy()));
  }

  public static Listing<UserView> users() {
    return new Listing<UserView>(UserView::name)
        .column("USER", 0, UserView::name)
        .text("ROLES", 0, user -> String.join(" ", user.roles()))
        .text("WORKFORCE", 2, user -> user.workforce() == null ? "all" : user.workforce())
        .column("MAY COME IN", 1, user -> user.disabledAt() == null ? "yes" : "no")
        .wide("CREATED", user -> time(user.createdAt()))
        .wide("BY", user -> orEmpty(user.createdBy()));
  }

  public static Listing<TokenView> tokens(Instant now) {
    return new Listing<TokenView>(TokenView::id)
        .column("ID", 0, TokenView::id)
        .column("NAME", 1, TokenView::name)
        .column("PERSON", 3, TokenView::person)
        .text("ROLES", 2, token -> String.join(" ", token.roles()))
        .text("WORKFORCE", 4, token -> token.workforce() == null ? "all" : token.workforce())
        .column("STATE", 0, token -> token.standing(now))
        .column("UNTIL", 5, token -> time(token.expiresAt()));
  }

  public static Listing<Approval> approvals(Instant now) {
    return new Listing<Approval>(Approval::id)
        .column("APPROVAL", 0, Approval::id)
        .column("STATE", 3, Listings::stateOf)
        .column("WORKER", 4, Approval::worker)
        .column("KIND", 2, Approval::kind)
        .column("RISK", 1, it -> it.risk().name())
        .column("DEADLINE", 0, approval -> deadline(approval, now))
        .wide("RUN", approval -> orEmpty(approval.run()))
        .wide("DIGEST", Approval::digest)
        .wide("DECIDED BY", approval -> orEmpty(approval.decidedBy()))
        .text("CONSEQUENCE", 0, Approval::consequence);
  }

  /// With how many have approved, where it takes more.
  private static String stateOf(Approval approval) {
    var voices = approval.pending() ? approval.votes().size() : 0;
    return approval.state() + (voices == 0 ? "" : ", " + Text.count(voices, "vote"));
  }

  public static Listing<NodeView> nodes() {
    return new Listing<NodeView>(NodeView::name)
        .column("NODE", 0, NodeView::name)
        .text("ROLES", 10, node -> String.join(",", node.roles()))
        .column("STATUS", 0, node -> orEmpty(node.status()))
        .text("LABELS", 8, node -> String.join(",", node.labels()))
        .column("HEADROOM", 0, node -> node.drained() ? "DRAINED" : node.open() ? "OPEN" : "CLOSED")
        .column("CPU", 3, node -> use(node.cpuPercent(), limit(node, 0)))
        .column("MEMORY", 4, node -> use(node.memoryPercent(), limit(node, 1)))
        .column("DISK", 5, node -> use(node.diskPercent(), limit(node, 2)))
        .column("SLOTS", 1, NodeView::slotsInWords)
        .column("WORKERS", 6, node -> number(node.workers()))
        .column("DONE", 7, node -> number(node.attemptsDone()))
        .wide("SANDBOX", node -> orEmpty(node.sandbox()))
        .wide("OWN CPU", node -> use(node.cpuOwnPercent(), 0))
        .wide("ADDRESS", node -> orEmpty(node.address()))
        .wide("AT", node -> time(node.at()))
        .text("WHY", 0, node -> String.join("; ", node.reasons()));
  }

  private static double limit(NodeView node, int which) {
    var limits = node.limits();
    if (limits == null) {
      return 0;
    }
    return switch (which) {
      case 0 -> limits.cpuPercent();
      case 1 -> limits.memoryPercent();
      default -> limits.diskPercent();
    };
  }

  private static String number(@Nullable Number number) {
    return number == null ? "-" : number.toString();
  }

  private static String use(@Nullable Double percent, double limit) {
    if (percent == null) return "-";
    var used = String.format(Locale.ROOT, "%.0f%%", percent);
    return limit > 0 ? used + String.format(Locale.ROOT, " of %.0f%%", limit) : used;
  }

  private static String models(WorkerView worker, ToLongFunction<ModelSpend> part) {
    return worker.models().isEmpty()
        ? ""
        : Long.toString(worker.models().stream().mapToLong(part).sum());
  }

  private static String took(WorkerView worker) {
    var seconds = worker.durationSeconds();
    return worker.startedAt() == null || seconds == null ? "" : Text.seconds(seconds);
  }

  private static String deadline(Approval approval, Instant now) {
    if (!approval.pending()) return "";
    var left = Duration.between(now, approval.deadline());
    return left.isNegative() ? "over" : "in " + Text.duration(left);
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : Text.time(time);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
