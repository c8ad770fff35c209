package dev.muster.cli.view;

import dev.muster.cli.client.ApprovalView;
import dev.muster.cli.client.NodeView;
import dev.muster.cli.client.RunView;
import dev.muster.cli.client.WorkerView;
import dev.muster.cli.terminal.Text;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The columns of every list.
public final class Listings {
  private Listings() {}

  public static Listing<RunView> runs() {
    return new Listing<RunView>(RunView::id)
        .column("RUN", RunView::id)
        .column("WORKFORCE", RunView::workforce)
        .column("STATE", RunView::standing)
        .column(
            "DONE",
            run -> run.workers().settled() + "/" + (run.workers().total() + run.leftOutTotal()))
        .column("FAILED", run -> Integer.toString(run.workers().failed() + run.workers().blocked()))
        .column("HELD", run -> Integer.toString(run.workers().held()))
        .column("STARTED", run -> time(run.startedAt()))
        .column("TOOK", run -> Text.seconds(run.tookSeconds()))
        .wide("RESUMED", run -> Integer.toString(run.resumes()))
        .wide("TARGET", run -> run.settings() == null ? "" : orEmpty(run.settings().target()))
        .wide("RESULTS", run -> run.settings() == null ? "" : orEmpty(run.settings().results()));
  }

  public static Listing<WorkerView> workers() {
    return new Listing<WorkerView>(WorkerView::id)
        .column("WORKER", WorkerView::id)
        .column("WAVE", worker -> Integer.toString(worker.wave()))
        .column("STATE", WorkerView::verdict)
        .column("TRY", worker -> Integer.toString(worker.attempt()))
        .column("TOOK", Listings::took)
        .wide("NODE", worker -> orEmpty(worker.node()))
        .wide("INTERRUPTED", worker -> Integer.toString(worker.interruptions()))
        .wide("WAITS FOR", worker -> String.join(" ", worker.dependencies()))
        .column("TITLE", worker -> orEmpty(worker.title()))
        .column("DETAIL", worker -> orEmpty(worker.detail()));
  }

  public static Listing<ApprovalView> approvals(Instant now) {
    return new Listing<ApprovalView>(ApprovalView::id)
        .column("APPROVAL", ApprovalView::id)
        .column("STATE", ApprovalView::state)
        .column("WORKER", ApprovalView::worker)
        .column("KIND", ApprovalView::kind)
        .column("RISK", ApprovalView::risk)
        .column("DEADLINE", approval -> deadline(approval, now))
        .wide("RUN", approval -> orEmpty(approval.run()))
        .wide("DIGEST", ApprovalView::digest)
        .wide("DECIDED BY", approval -> orEmpty(approval.decidedBy()))
        .column("CONSEQUENCE", ApprovalView::consequence);
  }

  public static Listing<NodeView> nodes() {
    return new Listing<NodeView>(NodeView::name)
        .column("NODE", NodeView::name)
        .column("ROLES", node -> String.join(",", node.roles()))
        .column("STATUS", node -> orEmpty(node.status()))
        .column("LABELS", node -> String.join(",", node.labels()))
        .column("HEADROOM", node -> node.drained() ? "DRAINED" : node.open() ? "OPEN" : "CLOSED")
        .column("CPU", node -> use(node.cpuPercent(), limit(node, 0)))
        .column("MEMORY", node -> use(node.memoryPercent(), limit(node, 1)))
        .column("DISK", node -> use(node.diskPercent(), limit(node, 2)))
        .column("SLOTS", NodeView::slotsInWords)
        .column("WORKERS", node -> number(node.workers()))
        .column("DONE", node -> number(node.attemptsDone()))
        .wide("OWN CPU", node -> use(node.cpuOwnPercent(), 0))
        .wide("ADDRESS", node -> orEmpty(node.address()))
        .wide("AT", node -> time(node.at()))
        .column("WHY", node -> String.join("; ", node.reasons()));
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

  private static String took(WorkerView worker) {
    var seconds = worker.durationSeconds();
    return worker.startedAt() == null || seconds == null ? "" : Text.seconds(seconds);
  }

  private static String deadline(ApprovalView approval, Instant now) {
    var deadline = approval.deadline();
    return approval.pending() && deadline != null ? ApprovalWords.expiry(deadline, now) : "";
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : Text.time(time);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
